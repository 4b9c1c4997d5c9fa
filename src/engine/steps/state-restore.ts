import { dirname } from 'node:path/posix';
import { historyOf } from '../../journal/history.ts';
import type { Entry } from '../../journal/entry.ts';
import { besideOf, newBeside } from '../exchange-file.ts';
import { keepCopy } from '../keep-original.ts';
import { differenceIn, differenceInLooks, keptEntries, layBeside } from '../kept-state.ts';
import { crossedPoints, leftOut } from '../points-of-no-return.ts';
import { without } from '../state-manifest.ts';
import { mustStillBeDown } from '../why-not-down.ts';
import { type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

type StateRestore = StepOf<'state-restore'>;

export const stateRestore: StepAction<StateRestore> = {
  foresee: async ({ path, snapshot }, context) => ({
    crossed: crossedPoints({ path, copy: snapshot }, context),
  }),
  apply: async (step, context, { crossed = [] }) => {
    const { machine, plan, copies } = context;
    const { path, snapshot } = step;
    const expected = expectedEntries(step, context, crossed);
    // The content is read only of one that looks as it did: the service is down for that.
    const looksBack = (await differenceInLooks(path, expected, context)) === undefined;
    if (looksBack && (await differenceIn(path, expected, context)) === undefined) return {};
    const beside = newBeside(path, context);
    if (machine.host.lstat(snapshot) !== undefined) {
      if (copies.entriesOf(beside) === undefined) await layBeside(step, context);
      const out = leftOut(plan.irreversible, crossed);
      for (const each of out) await leaveOut(each, step, beside, context);
      const difference = await differenceIn(beside, expected, context, copies);
      if (difference !== undefined) throw new StepFailure(`${beside} can't be used: ${difference}`);
      if (out.length > 0) await machine.files.syncFileSystem(dirname(beside));
    }
    await mustStillBeDown(context);
    if (machine.host.lstat(path) !== undefined) await putAside(path, context);
    if (machine.host.lstat(beside) !== undefined) machine.files.rename(beside, path);
    machine.files.sync(dirname(path));
    return {};
  },
  /** The content was compared before it came to its place (verify-files reads what was not). */
  verify: async (step, context) => {
    const crossed = historyOf(context.journal.records).crossed;
    return await differenceInLooks(step.path, expectedEntries(step, context, crossed), context);
  },
};

function expectedEntries(step: StateRestore, context: StepContext, crossed: readonly string[]): Entry[] {
  return without(keptEntries(step, context), step.path, leftOut(context.plan.irreversible, crossed));
}

/** By a rename; where the kernel has none for this directory, by a copy: with the service down nothing is lost. */
async function putAside(path: string, context: StepContext): Promise<void> {
  const { machine } = context;
  const aside = freeAside(path, context);
  if (machine.files.tryRename(path, aside) === undefined) return;
  await keepCopy(context, path, aside);
  await mustStillBeDown(context);
  machine.files.removeTree(path);
}

/** Names beside a state directory under which what was exchanged for its snapshot waits to be thrown away. */
export function asidesOf(path: string, change: string): string[] {
  return [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${besideOf(path, change, 'replaced')}-${n}`);
}

function freeAside(path: string, { machine, journal }: StepContext): string {
  const free = asidesOf(path, journal.begin.change).find((aside) => machine.host.lstat(aside) === undefined);
  if (free === undefined)
    throw new StepFailure(`too many leftovers beside ${path}; look at ${dirname(path)}`);
  return free;
}

/** Removes what must stay out from the copy, and gives the directory that held it its time back. */
async function leaveOut(
  out: string,
  { path, snapshot }: StateRestore,
  beside: string,
  { machine }: StepContext,
): Promise<void> {
  if (!out.startsWith(`${path}/`)) return;
  const relative = out.slice(path.length);
  machine.files.removeTree(`${beside}${relative}`);
  const holder = dirname(`${beside}${relative}`);
  if (machine.host.lstat(holder) === undefined) return;
  await machine.files.copyTimes(dirname(`${snapshot}${relative}`), holder);
}
