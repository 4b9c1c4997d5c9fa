import { dirname } from 'node:path/posix';
import { HostError } from '../../host/host.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { readPatiently } from '../read-patiently.ts';
import { settled } from '../settled.ts';
import { stateCopyOf } from '../state-copy-of.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

/** The copy need not be equal to the state, which is written to meanwhile: `state-snapshot` makes it so. */
export const stateCopy: StepAction<StepOf<'state-copy'>> = {
  foresee: nothing,
  apply: async ({ path }, context) => {
    const { machine, firstCopies } = context;
    const copy = copyFor(path, context);
    const holder = dirname(copy);
    makeDirectories(machine, holder, 0o700);
    if (machine.host.lstat(path) === undefined) return {};
    try {
      await copyWhatIsThere(path, copy, context);
      if (machine.host.lstat(copy) === undefined) return {};
      const [synced, reading] = await Promise.allSettled([
        machine.files.syncFileSystem(holder),
        readPatiently(machine, copy),
      ]);
      settled(synced);
      firstCopies.set(copy, settled(reading));
    } catch (error) {
      machine.files.removeTree(copy); // before the failure is written down: the disk may be full
      throw error;
    }
    return {};
  },
  verify: async () => undefined, // the copy counts when it was made equal, and was compared then
};

function copyFor(path: string, { plan, journal }: StepContext): string {
  const step = plan.steps.findIndex((each) => each.kind === 'state-snapshot' && each.path === path);
  if (step === -1) throw new StepFailure(`the plan has no snapshot of ${path}`);
  return stateCopyOf(journal, step);
}

/** Of files that go away or are exchanged meanwhile `cp` complains, and goes on with the others. */
async function copyWhatIsThere(from: string, to: string, { machine }: StepContext): Promise<void> {
  try {
    await machine.files.copy(from, to);
  } catch (error) {
    if (!(error instanceof HostError) || (error.reason !== 'absent' && error.reason !== 'denied'))
      throw error;
  }
}
