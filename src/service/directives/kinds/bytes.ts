import type { PropertyKind } from '../property.ts';
import { RESETS_WHEN_EMPTY, scalar } from './scalar.ts';

const LARGEST = 2n ** 64n - 1n;
/** Smallest first. */
const SUFFIXES: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ['B', 1n],
  ['K', 1024n],
  ['M', 1024n ** 2n],
  ['G', 1024n ** 3n],
  ['T', 1024n ** 4n],
  ['P', 1024n ** 5n],
  ['E', 1024n ** 6n],
]);
const ORDER = [...SUFFIXES.keys()];

/**
 * A number of bytes: `1.5G`, `1T 2`; each suffix may come once, larger first. Undefined for what systemd doesn't
 * take. Source: parse_size() in src/basic/parse-util.c of systemd 252.
 */
export function parseBytes(text: string): bigint | undefined {
  let rest = text.trim();
  let total = 0n;
  let last = ORDER.length;
  if (rest === '') return undefined;
  while (rest !== '') {
    const match = /^(\d+)(?:\.(\d+))?\s*([BKMGTPE]?)\s*/.exec(rest);
    if (match === null) return undefined;
    const [all, whole = '', fraction = '', suffix = ''] = match;
    const factor = SUFFIXES.get(suffix);
    const order = ORDER.indexOf(suffix);
    if (factor === undefined || order >= last) return undefined;
    last = order;
    total +=
      BigInt(whole) * factor +
      (fraction === '' ? 0n : (BigInt(fraction) * factor) / 10n ** BigInt(fraction.length));
    if (total > LARGEST) return undefined;
    rest = rest.slice(all.length);
  }
  return total;
}

interface MemoryOptions {
  /** 0 is a limit too (`MemorySwapMax=`, `MemoryMin=`), or no value at all. */
  readonly zero: 'taken' | 'ignored';
  readonly infinity: string;
}

/** A limit of memory. A percentage is of the machine's memory, which no file tells. */
export function memory({ zero, infinity }: MemoryOptions): PropertyKind {
  return scalar(
    'a size such as 512M, 10% or infinity',
    (text) => {
      if (text === 'infinity') return infinity;
      if (/^\d+(\.\d{1,2})?%$/.test(text))
        return { unknown: `${text} of the machine's memory, which no file tells` };
      const bytes = parseBytes(text);
      return bytes === undefined || (bytes === 0n && zero === 'ignored') ? undefined : String(bytes);
    },
    RESETS_WHEN_EMPTY,
  );
}
