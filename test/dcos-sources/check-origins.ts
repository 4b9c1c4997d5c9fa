import type { Origin } from '../../src/text/origin.ts';
import type { Slice } from '../../src/text/traced-text.ts';
import type { Content } from './evaluation.ts';
import type { Mismatch } from './comparison.ts';
import type { SourceTexts } from './source-texts.ts';

/** What the slices of everything that is put on a node say. */
export interface OriginCount {
  readonly characters: number;
  /** Those whose origin is not unknown. */
  readonly known: number;
  /** Slices that say they stand in a source as they are, and don't. */
  readonly mismatches: readonly Mismatch[];
  /** For people: where characters without an origin are, and why. */
  readonly unknown: readonly UnknownRun[];
}

export interface UnknownRun {
  readonly config: string;
  readonly name: string;
  readonly text: string;
  readonly reason: string;
}

/**
 * Counts characters with an origin, and reads again each place where a slice says that it stands as it is. That the
 * slices make up the content is held by the comparison of the files' digests: a content is nothing but its slices.
 */
export function checkOrigins(
  config: string,
  contents: readonly Content[],
  sources: SourceTexts,
): OriginCount {
  const mismatches: Mismatch[] = [];
  const unknown: UnknownRun[] = [];
  let characters = 0;
  let known = 0;
  for (const { name, text } of contents) {
    for (const slice of text.slices) {
      characters += slice.text.length;
      if (slice.origin.kind !== 'unknown') known += slice.text.length;
      else unknown.push({ config, name, text: slice.text, reason: slice.origin.reason });
      const wrong = misplaced(config, name, slice, sources);
      if (wrong !== undefined) mismatches.push(wrong);
    }
  }
  return { characters, known, mismatches, unknown };
}

function misplaced(config: string, name: string, slice: Slice, sources: SourceTexts): Mismatch | undefined {
  const place = verbatimPlace(slice.origin);
  if (place === undefined) return undefined;
  const found = sources.textAt(place, slice.text.length);
  if (found === slice.text) return undefined;
  return {
    subject: 'origin',
    config,
    name,
    expected: `${JSON.stringify(slice.text)} at its place`,
    got: found === undefined ? 'no such place' : JSON.stringify(found),
    place,
  };
}

function verbatimPlace(origin: Origin) {
  return origin.kind === 'literal' && origin.verbatim ? origin.place : undefined;
}

export function addCounts(counts: readonly OriginCount[]): OriginCount {
  return {
    characters: counts.reduce((sum, { characters }) => sum + characters, 0),
    known: counts.reduce((sum, { known }) => sum + known, 0),
    mismatches: counts.flatMap(({ mismatches }) => mismatches),
    unknown: counts.flatMap(({ unknown }) => unknown),
  };
}
