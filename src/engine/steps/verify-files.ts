import type { AcceptedDifference, Difference } from '../../documents/outcome.ts';
import type { Irreversible } from '../../documents/plan.ts';
import { compareWatched } from '../compare-watched.ts';
import type { Entry } from '../../journal/entry.ts';
import { historyOf } from '../../journal/history.ts';
import { entryDifferences } from '../entry-differences.ts';
import { leftOut } from '../points-of-no-return.ts';
import { readTree } from '../read-entries.ts';
import { readManifest, without } from '../state-manifest.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

const MAX_TOLD = 20;

/** Everything that is restored is compared; of what was only watched, differences are told but stop nothing. */
export const verifyFiles: StepAction<StepOf<'verify-files'>> = {
  foresee: nothing,
  apply: async (_step, context) => {
    const { plan } = context;
    const watched = await compareWatched(context);
    const state = await compareState(context);
    const verified = {
      items: watched.items + state.items,
      differences: [...watched.differences, ...state.differences],
      accepted: state.accepted,
      notExamined: [...new Set([...watched.notExamined, ...state.notExamined])],
    };
    const touched = new Set(plan.steps.flatMap((step) => ('path' in step ? [step.path] : [])));
    const notRestored = [
      ...watched.differences.filter(({ path }) => touched.has(path)),
      ...state.differences,
    ];
    if (notRestored.length === 0) return { verified };
    const list = notRestored.slice(0, MAX_TOLD).map(({ path, what }) => `${path} (${what})`);
    const more = notRestored.length - list.length;
    if (more > 0) list.push(`and ${more} more differences`);
    throw new StepFailure(`not as before, so the service was not started on it: ${list.join(', ')}`, {
      verified,
    });
  },
  verify: async () => undefined, // it is itself a verification
};

interface StateComparison {
  readonly items: number;
  readonly differences: readonly Difference[];
  readonly accepted: AcceptedDifference[];
  readonly notExamined: readonly string[];
}

async function compareState({ machine, journal, plan, laid }: StepContext): Promise<StateComparison> {
  const { begun, crossed, stateIsBack } = historyOf(journal.records);
  const points = plan.irreversible.filter((point) => crossed.includes(point.id));
  let differences: readonly Difference[] = [];
  const accepted: AcceptedDifference[] = [];
  let notExamined: readonly string[] = [];
  let items = 0;
  for (const { action, done } of begun) {
    if (action.kind !== 'state-snapshot' || done?.snapshot === undefined) continue;
    const root = action.path;
    const recorded = readManifest(machine.host, done.snapshot);
    accepted.push(...points.flatMap((point) => acceptedOf(point, recorded, root)));
    if (stateIsBack) {
      notExamined = notExamined.concat(
        `${root}: an earlier way back has given it to the service, which works on it since`,
      );
      continue;
    }
    const expected = without(recorded, root, leftOut(plan.irreversible, crossed));
    const now = await readTree(machine, root, laid); // what this way back has laid there was read since
    items += recorded.length;
    // Joined, not pushed: a state may differ in more files than a call takes arguments.
    differences = differences.concat(entryDifferences(expected, now.entries, { root, directoryTimes: true }));
    notExamined = notExamined.concat(now.notExamined);
  }
  return { items, differences, accepted, notExamined };
}

function acceptedOf(point: Irreversible, recorded: readonly Entry[], root: string): AcceptedDifference[] {
  return point.leaveOut
    .filter((out) => recorded.some((entry) => `${root}/${entry.path}` === out))
    .map((path) => ({ id: point.id, path, difference: point.difference }));
}
