import { dirname } from 'node:path/posix';
import { historyOf } from '../../journal/history.ts';
import type { Entry } from '../../journal/entry.ts';
import { besideOf, newBeside } from '../exchange-file.ts';
import { keepCopy } from '../keep-original.ts';
import { differenceIn, differenceInLooks } from '../difference-in.ts';
import { expectedEntries, isNothing, layBeside, removeLeftOut } from '../kept-state.ts';
import { crossedPoints, leftOut } from '../points-of-no-return.ts';
import { mustStillBeDown } from '../why-not-down.ts';
import { type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

type StateRestore = StepOf<'state-restore'>;

export const stateRestore: StepAction<StateRestore> = {
  foresee: async ({ path, snapshot }, context) => ({
    crossed: crossedPoints({ path, copy: snapshot }, context),
  }),
  apply: async (step, context, { crossed = [] }) => {
    const { machine } = context;
    const { path } = step;
    const expected = expectedEntries(step, context, crossed);
    const beside = newBeside(path, context);
    if (isNothing(expected))
      machine.files.removeTree(beside); // left by a run that was cut short
    else if (!(await isLaid(step, context, { crossed, expected }))) {
      if (await isBack(path, expected, context)) return {};
      await layBeside(step, context, { crossed, expected });
    }
    await mustStillBeDown(context);
    if (machine.host.lstat(path) !== undefined) await putAside(path, context);
    if (!isNothing(expected)) machine.files.rename(beside, path);
    machine.files.sync(dirname(path));
    return {};
  },
  /** The content was compared before it came to its place (verify-files reads what was not). */
  verify: async (step, context) => {
    const { crossed } = historyOf(context.journal.records);
    return await differenceInLooks(step.path, expectedEntries(step, context, crossed), context);
  },
};

interface Expected {
  readonly crossed: readonly string[];
  readonly expected: readonly Entry[];
}

/** Whether what was laid beside while the service ran is still what it was, now also without what must stay out. */
async function isLaid(
  step: StateRestore,
  context: StepContext,
  { crossed, expected }: Expected,
): Promise<boolean> {
  const { machine, plan, laid } = context;
  const beside = newBeside(step.path, context);
  if (!laid.has(beside)) return false;
  const out = leftOut(plan.irreversible, crossed);
  try {
    await removeLeftOut(step, beside, out, context);
    if ((await differenceIn(beside, expected, context, laid)) !== undefined) return false;
  } catch {
    return false; // somebody has worked on it
  }
  if (out.length > 0) await machine.files.syncFileSystem(dirname(beside));
  return true;
}

/** The content is read only of one that looks as it did: the service is down for that. */
async function isBack(path: string, expected: readonly Entry[], context: StepContext): Promise<boolean> {
  try {
    if ((await differenceInLooks(path, expected, context)) !== undefined) return false;
  } catch {
    return false; // as a name that is no UTF-8, which was not there before
  }
  return (await differenceIn(path, expected, context)) === undefined;
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
