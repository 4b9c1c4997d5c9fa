import { dirname } from 'node:path/posix';
import type { Machine } from '../../host/machine.ts';
import { showBytes } from '../../text/show-bytes.ts';
import { expectedEntries, isNothing, layBeside } from '../kept-state.ts';
import { crossedPoints } from '../points-of-no-return.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

/**
 * While the service still runs, so that it is not down for that; and so that a copy that can't be used, or for which there is no
 * room, leaves it running. `state-restore` does it where this has not.
 */
export const statePrepare: StepAction<StepOf<'state-prepare'>> = {
  foresee: nothing,
  apply: async (step, context) => {
    const crossed = crossedPoints({ path: step.path, copy: step.snapshot }, context);
    const expected = expectedEntries(step, context, crossed);
    const holder = dirname(step.path);
    if (isNothing(expected) || !isOwn(context.machine, holder)) return {};
    await refuseWithoutRoom(step.snapshot, holder, context);
    await layBeside(step, context, { crossed, expected });
    return {};
  },
  verify: async () => undefined, // what was laid beside was compared, and is once more when the service is down
};

const WRITABLE_BY_OTHERS = 0o022;
/** In such a directory, as /tmp, nobody can rename what is another's. */
const STICKY = 0o1000;

/** Else who may rename what is laid there, as the service that runs, could have root write where a link leads. */
function isOwn({ host, processes }: Machine, directory: string): boolean {
  for (let at = directory; ; at = dirname(at)) {
    const facts = host.lstat(at);
    if (facts?.type !== 'directory' || ![0, processes.uid].includes(facts.uid)) return false;
    if ((facts.mode & WRITABLE_BY_OTHERS) !== 0 && (facts.mode & STICKY) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The service needs some as well. */
const MARGIN = 64 * 1024 * 1024;

async function refuseWithoutRoom(
  snapshot: string,
  holder: string,
  { machine: { files } }: StepContext,
): Promise<void> {
  const [needed, free] = [await files.usedBytes(snapshot), files.freeBytes(holder)];
  if (needed + MARGIN <= free) return;
  throw new StepFailure(
    `the state that is to be put back takes ${showBytes(needed)} in ${holder}, where ${showBytes(free)} are free and ${showBytes(MARGIN)} shall stay so`,
  );
}
