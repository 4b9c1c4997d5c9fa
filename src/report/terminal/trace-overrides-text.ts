import type { FileTrace } from '../../documents/file-trace.ts';
import { paragraph } from './rows.ts';
import { type Screen, safe } from './screen.ts';

/** Where an own value would win and where not, under headings; empty where nothing is known of either. */
export function overrideSections(
  screen: Screen,
  trace: Pick<FileTrace, 'overrides' | 'futileOverrides'>,
): string[] {
  return [
    ...placeSection(
      screen,
      'where your own value would win, best first',
      trace.overrides ?? [],
      MOST_OVERRIDES,
    ),
    ...placeSection(screen, 'where it would not win, or not last', trace.futileOverrides ?? [], MOST_FUTILE),
  ];
}

function placeSection(
  screen: Screen,
  heading: string,
  places: readonly { readonly file: string; readonly why: string }[],
  most: number,
): string[] {
  if (places.length === 0) return [];
  const lines = places
    .slice(0, most)
    .flatMap(({ file, why }) => [`    ${safe(file)}`, ...paragraph(screen, shortIds(safe(why)), 6)])
    .map((line) => (screen.ascii === true ? line.replaceAll('…', '...') : line));
  const more = places.length - most;
  return [
    ...paragraph(screen, heading, 2),
    ...lines,
    ...(more > 0 ? [`    and ${more} more (--json has all)`] : []),
    '',
  ];
}

/** The first are the ones to use; a document has them all. */
const MOST_OVERRIDES = 5;
const MOST_FUTILE = 3;

/** Digests in a sentence: the first characters tell which. */
function shortIds(text: string): string {
  return text.replaceAll(/([0-9a-f]{7})[0-9a-f]{33}(?![0-9a-f])/g, '$1…');
}
