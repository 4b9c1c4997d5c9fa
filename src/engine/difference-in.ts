import type { Entry } from '../journal/entry.ts';
import { entryDifferences } from './entry-differences.ts';
import { inTree, type KnownDigests, readTree } from './read-entries.ts';
import { counted } from '../text/counted.ts';
import type { StepContext } from './step-action.ts';

/** In what a tree first differs from what is expected; what its files hold is read, but for what is known. */
export async function differenceIn(
  root: string,
  expected: readonly Entry[],
  { machine }: Pick<StepContext, 'machine'>,
  known?: KnownDigests,
): Promise<string | undefined> {
  const { entries } = await readTree(machine, root, known);
  return firstDifference(root, expected, entries);
}

/** The same by everything but what files hold, of which none is read. */
export async function differenceInLooks(
  root: string,
  expected: readonly Entry[],
  context: Pick<StepContext, 'machine'>,
): Promise<string | undefined> {
  return await differenceIn(root, expected, context, digestsOf(root, expected));
}

/** The digests that are expected of a tree's files: with them none is read. */
export function digestsOf(root: string, expected: readonly Entry[]): KnownDigests {
  const digests = new Map(
    expected.flatMap((entry) =>
      entry.type === 'file' ? [[inTree(root, entry.path), entry.sha256] as const] : [],
    ),
  );
  return { digestOf: (path) => digests.get(path) ?? 'not read' };
}

/** In what the entries of a tree first differ from what is expected; by a time, which mostly follows from something else, last. */
export function firstDifference(
  root: string,
  expected: readonly Entry[],
  found: readonly Entry[],
): string | undefined {
  const differences = entryDifferences(expected, found, { root, directoryTimes: true });
  const first = differences.find(({ what }) => what !== 'time') ?? differences[0];
  if (first === undefined) return undefined;
  const others = differences.length - 1;
  const more = others === 0 ? '' : `, and ${counted(others, 'more difference')}`;
  return `${first.path}: ${first.what} is ${first.found}, not ${first.expected}${more}`;
}
