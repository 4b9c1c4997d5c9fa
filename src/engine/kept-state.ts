import { dirname } from 'node:path/posix';
import { historyOf } from '../journal/history.ts';
import type { Entry } from '../journal/entry.ts';
import { firstDifference } from './difference-in.ts';
import { newBeside } from './exchange-file.ts';
import { leftOut } from './points-of-no-return.ts';
import { readPatiently } from './read-patiently.ts';
import { settled } from './settled.ts';
import { readManifest, without } from './state-manifest.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** A state directory, and where its copy is. */
export interface KeptState {
  readonly path: string;
  readonly snapshot: string;
}

/**
 * What is to be in a state directory again: what was in it when it was copied, but for what stays out behind points of no return.
 * Throws when the journal does not know the copy, its manifest is damaged or it is gone.
 */
export function expectedEntries(
  { path, snapshot }: KeptState,
  { journal, machine, plan }: StepContext,
  crossed: readonly string[],
): Entry[] {
  const begun = historyOf(journal.records).begun.find((step) => step.done?.snapshot?.copy === snapshot);
  if (begun?.done?.snapshot === undefined)
    throw new StepFailure(`the journal does not know the snapshot ${snapshot}`);
  const entries = readManifest(machine.host, begun.done.snapshot);
  if (!isNothing(entries) && machine.host.lstat(snapshot) === undefined)
    throw new StepFailure(`the copy ${snapshot} is gone`);
  return without(entries, path, leftOut(plan.irreversible, crossed));
}

/** Nothing stood there. */
export function isNothing(entries: readonly Entry[]): boolean {
  return entries.every(({ type }) => type === 'absent');
}

/** Lays a copy of a kept state beside its place, equal to what is expected, read, and on the disk. */
export async function layBeside(
  state: KeptState,
  context: StepContext,
  { crossed, expected }: { readonly crossed: readonly string[]; readonly expected: readonly Entry[] },
): Promise<void> {
  const { machine, plan, laid } = context;
  const { files, host } = machine;
  const beside = newBeside(state.path, context);
  files.removeTree(beside); // left by a run that was cut short
  try {
    await files.copy(state.snapshot, beside);
    await removeLeftOut(state, beside, leftOut(plan.irreversible, crossed), context);
    const [synced, reading] = await Promise.allSettled([
      files.syncFileSystem(dirname(beside)),
      readPatiently(machine, beside),
    ]);
    settled(synced);
    const entries = settled(reading);
    const difference = firstDifference(state.snapshot, expected, entries);
    if (difference !== undefined)
      throw new StepFailure(`the copy ${state.snapshot} can't be used: ${difference}`);
    laid.add(host, beside, entries);
  } catch (error) {
    files.removeTree(beside); // before the failure is written down: the disk may be full
    throw error;
  }
}

/** Removes what must stay out (absolute paths in the state) from a copy, and gives the directories that held it their times back. */
export async function removeLeftOut(
  { path, snapshot }: KeptState,
  copy: string,
  out: readonly string[],
  { machine }: Pick<StepContext, 'machine'>,
): Promise<void> {
  for (const each of out) {
    if (!each.startsWith(`${path}/`)) continue;
    const relative = each.slice(path.length);
    machine.files.removeTree(`${copy}${relative}`);
    const holder = dirname(`${copy}${relative}`);
    if (machine.host.lstat(holder) === undefined) continue;
    await machine.files.copyTimes(dirname(`${snapshot}${relative}`), holder);
  }
}
