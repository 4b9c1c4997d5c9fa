import type { TraceHop, TraceSlice } from '../../documents/trace.ts';
import { paragraph, rows } from './rows.ts';
import { type Screen, safe } from './screen.ts';
import { withoutExcerpt } from './sentence-lines.ts';
import { placeText } from './trace-places.ts';

/** More stations than a person follows at a time; a document has them all. */
const MOST_HOPS = 7;

/** Stations under a heading, each with why it was this one; empty where there are none. */
export function hopSection(
  screen: Screen,
  heading: string,
  hops: readonly TraceHop[],
  base: string,
): string[] {
  if (hops.length === 0) return [];
  const shown = hops.length > MOST_HOPS + 1 ? hops.slice(0, MOST_HOPS) : hops;
  const more = hops.length - shown.length;
  const cells = shown.map((hop): [string, string] => {
    const why = hop.why === undefined ? '' : `  (${safe(hop.why)})`;
    return [placeText(hop, base), `${hopText(hop)}${why}`];
  });
  return [
    ...paragraph(screen, heading, 2),
    ...rows(screen, cells, 4, widestPlace(screen)),
    ...(more === 0 ? [] : [`    and ${more} more stations (--json has all)`]),
    '',
  ];
}

/** Places take no more of a line than leaves room for what stands there. */
function widestPlace({ width = 120 }: Screen): number {
  return Math.floor(width * 0.4);
}

/** What stands there, with the name that it has in the generator where the text does not say it. */
function hopText({ kind, name, text }: TraceHop): string {
  const shown = safe(text);
  if (name === undefined || shown.includes(safe(name))) return shown;
  if (kind === 'expression') return `${safe(name)}: ${shown}`;
  if (kind === 'function') return `in ${safe(name)}(): ${shown}`;
  return shown;
}

/** What the places of slices are shown against. */
interface SliceView {
  /** The directory that a heading names. */
  readonly base: string;
  /** The file of the host that the slices stand in: what is known from it alone was recovered from it. */
  readonly file: string | undefined;
}

/** The slices of a value under a heading, those that say the same once. */
export function sliceSection(
  screen: Screen,
  heading: string,
  slices: readonly TraceSlice[],
  view: SliceView,
): string[] {
  const cells = new Map<string, { left: string; right: string; times: number }>();
  for (const slice of slices) {
    const meaning = slice.meaning === undefined ? '' : `  ${safe(slice.meaning)}`;
    const [left, right] = originCells(slice, `'${safe(slice.text)}'${meaning}`, view);
    const key = `${left}\n${right}`;
    const known = cells.get(key);
    cells.set(key, { left, right, times: (known?.times ?? 0) + 1 });
  }
  const lines = [...cells.values()].map(({ left, right, times }): [string, string] => [
    left,
    times === 1 ? right : `${right}  ${times} times`,
  ]);
  return lines.length === 0
    ? []
    : [...paragraph(screen, heading, 2), ...rows(screen, lines, 4, widestPlace(screen)), ''];
}

/** Where a slice was written, and what it is; what no place says is said in words. */
export function originCells(
  { origin }: Pick<TraceSlice, 'origin'>,
  text: string,
  { base, file: own }: SliceView,
): [string, string] {
  const { file, line, column } = origin;
  const place = file === undefined || line === undefined ? '' : placeText({ file, line, column }, base);
  const name = safe(origin.name ?? '');
  switch (origin.kind) {
    case 'literal':
      return [place, text];
    case 'input': {
      const given = `${text}  ${name}, given to the generator`;
      if (file !== undefined && own !== undefined && nameOf(file) === nameOf(own))
        return ['this file itself', `${given}; recovered from here`];
      return [place || 'given', given];
    }
    case 'derived':
      return [place || 'computed', `${text}  ${name}`];
    case 'unknown':
      return [
        place || 'unknown',
        `${text}  unknown: ${safe(withoutExcerpt(origin.reason ?? 'no reason is known'))}`,
      ];
  }
}

/** Links lead from the path that a person names to the one that the file has in its package. */
function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
