import type { PropertyKind } from '../property.ts';
import { scalar } from './scalar.ts';

/** Microseconds, or infinity. */
export type Microseconds = bigint | 'infinity';

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['us', 1n],
  ['usec', 1n],
  ['µs', 1n],
  ['μs', 1n],
  ['ms', 1000n],
  ['msec', 1000n],
  ['s', 1_000_000n],
  ['sec', 1_000_000n],
  ['second', 1_000_000n],
  ['seconds', 1_000_000n],
  ['m', 60_000_000n],
  ['min', 60_000_000n],
  ['minute', 60_000_000n],
  ['minutes', 60_000_000n],
  ['h', 3_600_000_000n],
  ['hr', 3_600_000_000n],
  ['hour', 3_600_000_000n],
  ['hours', 3_600_000_000n],
  ['d', 86_400_000_000n],
  ['day', 86_400_000_000n],
  ['days', 86_400_000_000n],
  ['w', 604_800_000_000n],
  ['week', 604_800_000_000n],
  ['weeks', 604_800_000_000n],
  ['M', 2_629_800_000_000n],
  ['month', 2_629_800_000_000n],
  ['months', 2_629_800_000_000n],
  ['y', 31_557_600_000_000n],
  ['year', 31_557_600_000_000n],
  ['years', 31_557_600_000_000n],
]);

const LARGEST = 2n ** 64n - 1n;

/**
 * A time span such as `1min 30s` or `infinity`; a number alone is seconds, or another `unit`. Undefined for
 * what systemd doesn't take. Source: systemd.time(7); parse_time() in src/basic/time-util.c of systemd 252.
 */
export function parseTimeSpan(text: string, unit = 1_000_000n): Microseconds | undefined {
  const trimmed = text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '');
  if (trimmed === 'infinity') return 'infinity';
  let rest = trimmed;
  let total = 0n;
  if (rest === '') return undefined;
  while (rest !== '') {
    const match = /^\+?(\d*)(?:\.(\d*))?[ \t\n\r]*([A-Za-zµμ]*)[ \t\n\r]*/.exec(rest);
    if (match === null) return undefined;
    const [all, whole = '', fraction, name = ''] = match;
    if (whole === '' && (fraction === undefined || fraction === '')) return undefined;
    const factor = name === '' ? unit : UNITS.get(name);
    if (factor === undefined) return undefined;
    total += BigInt(whole === '' ? 0 : whole) * factor + fractionOf(fraction ?? '', factor);
    if (total > LARGEST) return undefined;
    rest = rest.slice(all.length);
  }
  return total >= LARGEST ? 'infinity' : total;
}

/** Digit by digit, each rounded down, as systemd adds them. */
function fractionOf(digits: string, factor: bigint): bigint {
  let part = factor / 10n;
  let sum = 0n;
  for (const digit of digits) {
    sum += BigInt(digit) * part;
    part /= 10n;
  }
  return sum;
}

const SHOWN: readonly (readonly [string, bigint])[] = [
  ['y', 31_557_600_000_000n],
  ['month', 2_629_800_000_000n],
  ['w', 604_800_000_000n],
  ['d', 86_400_000_000n],
  ['h', 3_600_000_000n],
  ['min', 60_000_000n],
  ['s', 1_000_000n],
  ['ms', 1000n],
  ['us', 1n],
];

/** As `systemctl show` writes it. Source: format_timespan() in src/basic/time-util.c of systemd 252. */
export function showTimeSpan(span: Microseconds): string {
  if (span === 'infinity') return 'infinity';
  if (span === 0n) return '0';
  const parts: string[] = [];
  let left = span;
  for (const [suffix, size] of SHOWN) {
    if (left === 0n) break;
    if (left < size) continue;
    const whole = left / size;
    const over = left % size;
    if (left < 60_000_000n && over > 0n) {
      const digits = size.toString().length - 1;
      parts.push(`${whole}.${over.toString().padStart(digits, '0')}${suffix}`);
      break;
    }
    parts.push(`${whole}${suffix}`);
    left = over;
  }
  return parts.join(' ');
}

/** A span of time. `zero`: what 0 stands for. */
export function timeSpan({
  zero = '0',
  empty = 'ignored',
  infinity = 'infinity',
}: TimeSpanOptions = {}): PropertyKind {
  return scalar(
    'a span of time such as 30, 1min 30s or infinity',
    (text) => {
      const span = parseTimeSpan(text);
      if (span === undefined) return undefined;
      return span === 0n ? zero : span === 'infinity' ? infinity : showTimeSpan(span);
    },
    { empty },
  );
}

interface TimeSpanOptions {
  readonly zero?: string;
  readonly infinity?: string;
  readonly empty?: 'ignored' | 'reset' | 'unset';
}
