import type { PropertyKind } from '../property.ts';
import { parseBytes } from './bytes.ts';
import { parseInteger } from './integer.ts';
import { scalar } from './scalar.ts';
import { parseTimeSpan } from './time-span.ts';

type Part = 'hard' | 'soft';
type Parse = (text: string) => bigint | 'infinity' | undefined;

/**
 * A `Limit…=` line: one value for both limits, or `soft:hard`. Source: rlimit_parse() in
 * src/basic/rlimit-util.c of systemd 252.
 */
export function resourceLimit(part: Part, unit: keyof typeof PARSERS): PropertyKind {
  return scalar('a limit, or soft:hard', (text) => {
    const limit = parseLimit(text, PARSERS[unit]);
    return limit === undefined ? undefined : String(limit[part]);
  });
}

function parseLimit(text: string, parse: Parse): Record<Part, bigint | 'infinity'> | undefined {
  const colon = text.indexOf(':');
  const soft = parse(colon === -1 ? text : text.slice(0, colon));
  const hard = parse(colon === -1 ? text : text.slice(colon + 1));
  if (soft === undefined || hard === undefined) return undefined;
  const isAbove = soft === 'infinity' ? hard !== 'infinity' : hard !== 'infinity' && soft > hard;
  return isAbove ? undefined : { soft, hard };
}

const number: Parse = (text) => {
  if (text === 'infinity') return 'infinity';
  const value = parseInteger(text);
  return value === undefined || value < 0n ? undefined : value;
};

const bytes: Parse = (text) => (text === 'infinity' ? 'infinity' : parseBytes(text));

const seconds: Parse = (text) => {
  const span = parseTimeSpan(text);
  return typeof span === 'bigint' ? (span + 999_999n) / 1_000_000n : span;
};

const microseconds: Parse = (text) => parseTimeSpan(text, 1n);

/** With a sign it is a nice level (-20 to 19), without one the kernel's 0 to 40. */
const nice: Parse = (text) => {
  if (text === 'infinity') return 'infinity';
  const value = parseInteger(text);
  if (value === undefined) return undefined;
  if (/^[+-]/.test(text)) return value >= -20n && value <= 19n ? 20n - value : undefined;
  return value >= 0n && value <= 40n ? value : undefined;
};

const PARSERS = { number, bytes, seconds, microseconds, nice } satisfies Record<string, Parse>;
