import type { Place } from '../../src/text/place.ts';

/** What of a run was held against what the real generator computed. */
export type Subject =
  | 'argument'
  | 'setter'
  | 'raw template'
  | 'file'
  | 'broken config'
  | 'origin'
  | 'hand-checked character';

/** One difference, in full. */
export interface Mismatch {
  readonly subject: Subject;
  /** The config that it was seen with (`minimal`, `rich`, the name of a broken one). */
  readonly config: string;
  /** The argument, template or file. */
  readonly name: string;
  readonly expected: string;
  readonly got: string;
  /** Where in the sources to look. */
  readonly place?: Place;
}

/** How many items were compared, and what differed: at most one difference an item. */
export interface Comparison {
  readonly compared: number;
  readonly mismatches: readonly Mismatch[];
}

/** Both of them. */
export function together(comparisons: readonly Comparison[]): Comparison {
  return {
    compared: comparisons.reduce((sum, { compared }) => sum + compared, 0),
    mismatches: comparisons.flatMap(({ mismatches }) => mismatches),
  };
}

/** Compares item by item, by name, those that only one side has included. */
export function compareByName<Expected, Got>(
  expected: ReadonlyMap<string, Expected>,
  got: ReadonlyMap<string, Got>,
  compare: (name: string, expected: Expected | undefined, got: Got | undefined) => Mismatch | undefined,
): Comparison {
  const names = [...new Set([...expected.keys(), ...got.keys()])].sort();
  const mismatches = names.flatMap((name) => compare(name, expected.get(name), got.get(name)) ?? []);
  return { compared: names.length, mismatches };
}
