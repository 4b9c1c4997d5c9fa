import { dirname } from 'node:path/posix';
import { historyOf } from '../../journal/history.ts';
import type { Entry } from '../../journal/entry.ts';
import { entryDifferences } from '../entry-differences.ts';
import { besideOf, newBeside } from '../exchange-file.ts';
import { keepCopy } from '../keep-original.ts';
import { crossedPoints, leftOut } from '../points-of-no-return.ts';
import { inTree, type KnownDigests, readTree } from '../read-entries.ts';
import { readManifest, without } from '../state-manifest.ts';
import { mustStillBeDown } from '../why-not-down.ts';
import { type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

type StateRestore = StepOf<'state-restore'>;

export const stateRestore: StepAction<StateRestore> = {
  foresee: async ({ path, snapshot }, context) => ({
    crossed: crossedPoints({ path, copy: snapshot }, context),
  }),
  apply: async (step, context, { crossed = [] }) => {
    const { machine, plan } = context;
    const { path, snapshot } = step;
    const expected = expectedEntries(step, context, crossed);
    // The content is read only of one that looks as it did: the service is down for that.
    const looksBack = (await unequal(path, expected, context, digestsIn(path, expected))) === undefined;
    if (looksBack && (await unequal(path, expected, context)) === undefined) return {};
    const beside = newBeside(path, context);
    machine.files.removeTree(beside); // left by a run that was cut short
    if (machine.host.lstat(snapshot) !== undefined) {
      await machine.files.copy(snapshot, beside);
      for (const out of leftOut(plan.irreversible, crossed)) await leaveOut(out, step, beside, context);
      const difference = await unequal(beside, expected, context);
      if (difference !== undefined)
        throw new StepFailure(`the copy ${snapshot} can't be used: ${difference}`);
      await machine.files.syncFileSystem(dirname(beside));
    }
    await mustStillBeDown(context);
    if (machine.host.lstat(path) !== undefined) await putAside(path, context);
    if (machine.host.lstat(beside) !== undefined) machine.files.rename(beside, path);
    machine.files.sync(dirname(path));
    return {};
  },
  /** The content was compared before it came to its place, and is once more before the service starts (verify-files). */
  verify: async (step, context) => {
    const crossed = historyOf(context.journal.records).crossed;
    const expected = expectedEntries(step, context, crossed);
    return await unequal(step.path, expected, context, digestsIn(step.path, expected));
  },
};

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

function expectedEntries(
  { path, snapshot }: StateRestore,
  context: StepContext,
  crossed: readonly string[],
): Entry[] {
  const begun = historyOf(context.journal.records).begun.find(
    (step) => step.done?.snapshot?.copy === snapshot,
  );
  if (begun?.done?.snapshot === undefined)
    throw new StepFailure(`the journal does not know the snapshot ${snapshot}`);
  const entries = readManifest(context.machine.host, begun.done.snapshot);
  return without(entries, path, leftOut(context.plan.irreversible, crossed));
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

async function unequal(
  root: string,
  expected: readonly Entry[],
  { machine }: StepContext,
  known?: KnownDigests,
): Promise<string | undefined> {
  const { entries } = await readTree(machine, root, known);
  const [first] = entryDifferences(expected, entries, { root, directoryTimes: true });
  if (first === undefined) return undefined;
  return `${first.path}: ${first.what} is ${first.found}, not ${first.expected}`;
}

/** What the files of a tree hold when they hold what is expected, by their absolute paths. */
function digestsIn(root: string, expected: readonly Entry[]): KnownDigests {
  const digests = new Map(
    expected.flatMap((entry) =>
      entry.type === 'file' ? [[inTree(root, entry.path), entry.sha256] as const] : [],
    ),
  );
  return { digestOf: (path) => digests.get(path) };
}
