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
 * Counts characters with an origin, and looks each place up in the sources: what stands there as it is must read so. That the
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
  const { origin } = slice;
  if (origin.kind === 'input' || origin.place === undefined) return undefined;
  const isVerbatim = origin.kind === 'literal' && origin.verbatim;
  const found = sources.textAt(origin.place, isVerbatim ? slice.text.length : 1);
  if (isVerbatim ? found === slice.text : found !== undefined) return undefined;
  return {
    subject: 'origin',
    config,
    name,
    expected: isVerbatim ? `${JSON.stringify(slice.text)} at its place` : 'a place in the sources',
    got: found === undefined ? 'no such place' : JSON.stringify(found),
    place: origin.place,
  };
}

export function addCounts(counts: readonly OriginCount[]): OriginCount {
  return {
    characters: counts.reduce((sum, { characters }) => sum + characters, 0),
    known: counts.reduce((sum, { known }) => sum + known, 0),
    mismatches: counts.flatMap(({ mismatches }) => mismatches),
    unknown: counts.flatMap(({ unknown }) => unknown),
  };
}
