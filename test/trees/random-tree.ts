import * as fc from 'fast-check';

/** What is made at a path. Modes in octal, times in seconds since 1970, owners as uid and gid. */
export type Made =
  | {
      readonly kind: 'file';
      readonly content: string;
      /** A hole of so many bytes before the content. */
      readonly hole: number;
      readonly mode: number;
      readonly owner: number;
      readonly time: number;
      readonly attribute: string | undefined;
    }
  | {
      readonly kind: 'directory';
      readonly mode: number;
      readonly owner: number;
      readonly attribute: string | undefined;
    }
  | { readonly kind: 'link'; readonly target: string; readonly time: number }
  | { readonly kind: 'hard link' }
  | { readonly kind: 'fifo' };

/** What is made in a tree, in order: a later thing takes the place of an earlier one. */
export type Growth = readonly (readonly [path: string, made: Made])[];

/** A tree of state and one of settings, what a change writes there, and what happens to both afterwards. */
export interface RandomTree {
  readonly state: Growth;
  readonly settings: Growth;
  /** Paths in the tree of settings that the change writes. */
  readonly written: readonly string[];
  /** What becomes of the state while it is copied for the first time. */
  readonly meanwhile: Growth;
  readonly laterState: Growth;
  readonly laterSettings: Growth;
  /** All of its state is removed in the end; of the first tree of a forest, the directory that holds it. */
  readonly stateIsGone: boolean;
}

const name = fc.constantFrom('latest', 'slave.info', 'boot_id', 'a b', 'ünïcode', 'line\nbreak', '-rf', '$x');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const owner = fc.constantFrom(0, 0, 1, 1234);
const time = fc.double({ min: 1, max: 2_000_000_000, noNaN: true });
const attribute = fc.option(fc.constantFrom('', 'whale', 'line\nbreak', '\u0000\u0001'), {
  nil: undefined,
  freq: 3,
});
const made: fc.Arbitrary<Made> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      content: fc.string({ maxLength: 50 }),
      hole: fc.constantFrom(0, 0, 0, 100_000),
      mode: fc.constantFrom(0o644, 0o600, 0o4755, 0o2755, 0o000),
      owner,
      time,
      attribute,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('directory' as const),
      mode: fc.constantFrom(0o755, 0o700, 0o1777, 0o555, 0o2775),
      owner,
      attribute,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('link' as const),
      target: fc.constantFrom('latest', '/etc/passwd', '../..', 'gone'),
      time,
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'hard link' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'fifo' as const }) },
);
const growth: fc.Arbitrary<Growth> = fc.array(fc.tuple(path, made), { maxLength: 12 });

const WRITTEN = ['latest', 'new.d/a/90-cutover.conf', 'new.d/90-cutover.conf', 'a b/slave.info'];
const randomTree: fc.Arbitrary<RandomTree> = fc.record({
  state: growth,
  settings: growth,
  // Of few: copies, comparisons and syncs of a single file are a dozen processes.
  written: fc.oneof(
    { weight: 15, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(WRITTEN, { minLength: 1, maxLength: 2 }) },
  ),
  meanwhile: fc.array(fc.tuple(path, made), { maxLength: 3 }),
  laterState: growth,
  laterSettings: growth,
  stateIsGone: fc.boolean(),
});

/** The trees of a seed, always the same ones; the first so many. */
export function randomTrees(seed: number, count: number): readonly RandomTree[] {
  return fc.sample(randomTree, { seed, numRuns: count });
}
