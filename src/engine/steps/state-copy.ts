import { dirname } from 'node:path/posix';
import { HostError } from '../../host/host.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { settled } from '../settled.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';
import { stateCopyOf } from '../state-copy-of.ts';

type StateCopy = StepOf<'state-copy'>;

/** The copy need not be equal to the state, which is written to meanwhile: `state-snapshot` makes it so. */
export const stateCopy: StepAction<StateCopy> = {
  foresee: nothing,
  apply: async ({ path }, context) => {
    const { machine, copies } = context;
    const copy = copyFor(path, context);
    makeDirectories(machine, dirname(copy), 0o700);
    if (machine.host.lstat(path) === undefined) return {};
    try {
      await machine.files.copy(path, copy);
    } catch (error) {
      if (!(error instanceof HostError) || !wentAway(error.message)) {
        machine.files.removeTree(copy); // before the failure is written down: the disk may be full
        throw error;
      }
    }
    if (machine.host.lstat(copy) === undefined) return {};
    const [synced, read] = await Promise.allSettled([
      machine.files.syncFileSystem(dirname(copy)),
      copies.read(machine, copy),
    ]);
    settled(synced);
    settled(read);
    return {};
  },
  verify: async () => undefined, // the copy counts when it was made equal, and was compared then
};

function copyFor(path: string, { plan, journal }: StepContext): string {
  const step = plan.steps.findIndex((each) => each.kind === 'state-snapshot' && each.path === path);
  if (step === -1) throw new StepFailure(`the plan has no snapshot of ${path}`);
  return stateCopyOf(journal, step);
}

/** What a service removes, or writes anew, while it is copied. `cp` goes on with the rest. */
const GONE = /: No such file or directory$|, as it was replaced while being copied$/;

function wentAway(complaints: string): boolean {
  return complaints.split('\n').every((line) => GONE.test(line));
}
