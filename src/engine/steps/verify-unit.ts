import type { Difference } from '../../documents/outcome.ts';
import type { UnitFacts } from '../../host/machine.ts';
import { nothing, type StepAction, type StepOf } from '../step-action.ts';

/** Without times, which a journal of an earlier version does not have. */
type Loaded = Omit<UnitFacts, 'activeSince' | 'activeUntil' | 'startingSince'>;

/** What systemd must say again as it did before the change. Whether the service is well is for the gate to say. */
const ASPECTS: readonly { readonly what: string; readonly read: (unit: Loaded) => string }[] = [
  { what: 'LoadState', read: (unit) => unit.loadState },
  { what: 'FragmentPath', read: (unit) => unit.fragmentPath },
  { what: 'DropInPaths', read: (unit) => unit.dropInPaths.join(' ') },
  { what: 'ExecStart', read: (unit) => unit.execStart.join(' ; ') },
  { what: 'EnvironmentFiles', read: (unit) => unit.environmentFiles.join(' ') },
  { what: 'UnitFileState', read: (unit) => unit.unitFileState },
  { what: 'NeedDaemonReload', read: (unit) => (unit.needsReload ? 'yes' : 'no') },
];

export const verifyUnit: StepAction<StepOf<'verify-unit'>> = {
  foresee: nothing,
  apply: async ({ unit }, { machine, journal }) => {
    const before = { ...journal.begin.before.unit, needsReload: false };
    const now = await machine.systemd.show(unit);
    const differences = ASPECTS.flatMap(({ what, read }): Difference[] => {
      const [expected, found] = [read(before), read(now)];
      return expected === found
        ? []
        : [{ path: unit, what, expected: expected || 'none', found: found || 'none' }];
    });
    const stopped = journal.records.findLast(
      (record) => record.type === 'done' && record.facts.stoppedPid !== undefined,
    );
    const stoppedPid = stopped?.type === 'done' ? stopped.facts.stoppedPid : undefined;
    if (stoppedPid !== undefined && stoppedPid !== 0 && stoppedPid === now.mainPid) {
      differences.push({
        path: unit,
        what: 'MainPID',
        expected: 'a new process',
        found: `still ${stoppedPid}`,
      });
    }
    return { verified: { items: ASPECTS.length + 1, differences, accepted: [], notExamined: [] } };
  },
  verify: async () => undefined, // it is itself a verification
};
