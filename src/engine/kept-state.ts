import { dirname } from 'node:path/posix';
import { historyOf } from '../journal/history.ts';
import type { Entry } from '../journal/entry.ts';
import { entryDifferences } from './entry-differences.ts';
import { newBeside } from './exchange-file.ts';
import { inTree, type KnownDigests, readTree } from './read-entries.ts';
import { readManifest } from './state-manifest.ts';
import { settled } from './settled.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** A state directory, and where its copy is. */
export interface KeptState {
  readonly path: string;
  readonly snapshot: string;
}

/** What was in a state directory when it was copied. Throws when the journal does not know the copy or its manifest is damaged. */
export function keptEntries(
  { snapshot }: KeptState,
  { journal, machine }: Pick<StepContext, 'journal' | 'machine'>,
): Entry[] {
  const begun = historyOf(journal.records).begun.find((step) => step.done?.snapshot?.copy === snapshot);
  if (begun?.done?.snapshot === undefined)
    throw new StepFailure(`the journal does not know the snapshot ${snapshot}`);
  return readManifest(machine.host, begun.done.snapshot);
}

/** Lays a copy of a kept state beside its place, equal to what was kept, read, and on the disk. */
export async function layBeside(state: KeptState, context: StepContext): Promise<void> {
  const { machine, copies } = context;
  const beside = newBeside(state.path, context);
  machine.files.removeTree(beside); // left by a run that was cut short
  try {
    await machine.files.copy(state.snapshot, beside);
    const [synced, read] = await Promise.allSettled([
      machine.files.syncFileSystem(dirname(beside)),
      copies.read(machine, beside),
    ]);
    settled(synced);
    settled(read);
    const difference = await differenceIn(beside, keptEntries(state, context), context, copies);
    if (difference !== undefined)
      throw new StepFailure(`the copy ${state.snapshot} can't be used: ${difference}`);
  } catch (error) {
    machine.files.removeTree(beside); // before the failure is written down: the disk may be full
    throw error;
  }
}

/** In what a tree first differs from what is expected; what its files hold is read, but for what is known. */
export async function differenceIn(
  root: string,
  expected: readonly Entry[],
  { machine }: Pick<StepContext, 'machine'>,
  known?: KnownDigests,
): Promise<string | undefined> {
  const { entries } = await readTree(machine, root, known);
  const [first] = entryDifferences(expected, entries, { root, directoryTimes: true });
  if (first === undefined) return undefined;
  return `${first.path}: ${first.what} is ${first.found}, not ${first.expected}`;
}

/** The same by everything but what files hold. */
export async function differenceInLooks(
  root: string,
  expected: readonly Entry[],
  context: Pick<StepContext, 'machine'>,
): Promise<string | undefined> {
  const digests = new Map(
    expected.flatMap((entry) =>
      entry.type === 'file' ? [[inTree(root, entry.path), entry.sha256] as const] : [],
    ),
  );
  return await differenceIn(root, expected, context, { digestOf: (path) => digests.get(path) });
}
