import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Change } from '../journal/changes.ts';
import { shellWord } from '../text/shell-word.ts';

/**
 * Why the next change of a service can't begin: one of these is unfinished, or one of the service waits to be confirmed, or
 * its last needs the operator. Only while nobody is at work on them. undefined: it can.
 */
export function unfinishedChange(changes: readonly Change[], service: string): CouldNotRun | undefined {
  const open = changes.find((change) => change.state === 'interrupted');
  if (open !== undefined) {
    return new CouldNotRun(
      `change ${open.begin.change} of ${open.begin.service} was interrupted and is unfinished`,
      {
        why: 'Nobody knows yet whether the service runs on the old or on the new.',
        next: 'cutover recover',
      },
    );
  }
  const waiting = changes.find(
    ({ state, begin }) => state === 'awaiting-confirmation' && begin.service === service,
  );
  if (waiting !== undefined) {
    const name = shellWord(service);
    return new CouldNotRun(`change ${waiting.begin.change} of ${service} waits to be confirmed`, {
      why: 'If it is not confirmed it is taken back, and what was built on it would be in the way.',
      next: `cutover confirm ${name}, or cutover rollback ${name}`,
    });
  }
  const last = changes.findLast(({ begin, state }) => begin.service === service && state !== 'rolled-back');
  if (last?.state !== 'needs-operator') return undefined;
  const { change } = last.begin;
  return new CouldNotRun(
    `change ${change} of ${service} was not taken back to the end, and needs the operator`,
    {
      why: 'What stands there now may be neither the old nor the new, and would be taken for what was before.',
      next: `cutover rollback ${change}; to be content with what still differs then, with --accept-differences`,
    },
  );
}
