import { showPlace } from '../../src/text/place.ts';
import type { Comparison, Mismatch } from './comparison.ts';
import type { OriginCount } from './check-origins.ts';

const LONGEST_SHOWN = 400;
const MOST_UNKNOWN_SHOWN = 20;
/** The share of characters, in per cent, that must have an origin. */
export const LEAST_SHARE = 99.5;

/** What a whole run found, by subject. */
export interface Totals {
  readonly version: string;
  readonly arguments: Comparison;
  readonly setters: Comparison;
  readonly renderings: Comparison;
  readonly files: Comparison;
  readonly broken: Comparison;
  readonly handChecked: Comparison;
  readonly origins: OriginCount;
  /** What could not be evaluated at all. */
  readonly faults: readonly string[];
  readonly seconds: number;
}

export function isAllEqual(totals: Totals): boolean {
  const { faults, origins } = totals;
  return faults.length === 0 && mismatchesOf(totals).length === 0 && shareOf(origins) >= LEAST_SHARE;
}

export function mismatchesOf({
  arguments: args,
  setters,
  renderings,
  files,
  broken,
  handChecked,
  origins,
}: Totals): Mismatch[] {
  return [args, setters, renderings, files, broken, handChecked, origins].flatMap(
    ({ mismatches }) => mismatches,
  );
}

/** One difference: what it is about, both sides, and where to look. Values too long to read are cut at their first difference. */
export function showMismatch({ subject, config, name, expected, got, place }: Mismatch): string {
  const [wanted, found] = cutAlike(expected, got);
  const lines = [`${subject} ${name} (${config})`, `  expected ${wanted}`, `  got      ${found}`];
  if (place !== undefined) lines.push(`  at       ${showPlace(place)}`);
  return lines.join('\n');
}

/** The last line: the counts. */
export function closingLine(totals: Totals): string {
  const { version, origins, handChecked, faults, seconds } = totals;
  const counts = [
    count(totals.arguments, 'arguments'),
    count(totals.setters, 'setters'),
    count(totals.renderings, 'raw templates'),
    count(totals.files, 'files'),
    count(totals.broken, 'broken configs'),
    ...(handChecked.compared === 0 ? [] : [count(handChecked, 'hand-checked characters')]),
    `${percent(shareOf(origins))} % of ${origins.characters} characters with an origin`,
    ...(origins.mismatches.length === 0 ? [] : [`${origins.mismatches.length} origins wrong`]),
    ...(faults.length === 0 ? [] : [`${faults.length} faults`]),
    `${Math.round(seconds)} s`,
  ];
  return `${version}: ${counts.join(', ')}`;
}

/** The characters without an origin: where they are and why. */
export function showUnknown({ unknown }: OriginCount): string[] {
  const shown = unknown
    .slice(0, MOST_UNKNOWN_SHOWN)
    .map(
      ({ config, name, text, reason }) =>
        `no origin: ${name} (${config}): ${cut(JSON.stringify(text), 0)}: ${reason}`,
    );
  const left = unknown.length - shown.length;
  return left > 0 ? [...shown, `no origin: ${left} more runs of characters`] : shown;
}

/** In per cent; everything, when there is nothing. */
export function shareOf({ characters, known }: OriginCount): number {
  return characters === 0 ? 100 : (100 * known) / characters;
}

/** Rounded down: 100.00 is said of nothing less. */
function percent(share: number): string {
  return (Math.floor(share * 100) / 100).toFixed(2);
}

export function count({ compared, mismatches }: Comparison, what: string): string {
  return `${compared - mismatches.length}/${compared} ${what}`;
}

function cutAlike(a: string, b: string): [string, string] {
  if (Math.max(a.length, b.length) <= LONGEST_SHOWN) return [quoted(a), quoted(b)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const from = Math.max(0, same - 40);
  return [cut(a, from), cut(b, from)];
}

function cut(text: string, from: number): string {
  const part = text.slice(from, from + LONGEST_SHOWN / 2);
  const whole = from === 0 && part.length === text.length;
  return whole ? quoted(text) : `${quoted(part)} (from character ${from + 1} of ${text.length})`;
}

/** On one line, control characters escaped: it may come from anywhere. */
function quoted(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => JSON.stringify(character).slice(1, -1));
}
