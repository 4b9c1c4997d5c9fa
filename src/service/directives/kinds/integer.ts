import type { PropertyKind } from '../property.ts';
import { scalar } from './scalar.ts';

/** A whole number in a range. Source: safe_atoi() and safe_atou64() in src/basic/parse-util.c of systemd 252. */
export function integer(
  smallest: number | bigint,
  largest: number | bigint,
  options: { readonly empty: 'ignored' | 'reset' } = { empty: 'ignored' },
): PropertyKind {
  return scalar(
    `a whole number from ${smallest} to ${largest}`,
    (text) => {
      const value = parseInteger(text);
      return value !== undefined && value >= BigInt(smallest) && value <= BigInt(largest)
        ? String(value)
        : undefined;
    },
    options,
  );
}

/** Decimal, `0x`, `0b`, `0o` or with a leading zero octal, as strtol() with base 0 and systemd take it. */
export function parseInteger(text: string): bigint | undefined {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, digits = ''] = match;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  return sign === '-' ? -value : value;
}
