import type { Machine } from '../host/machine.ts';
import { historyOf } from '../journal/history.ts';
import type { Journal } from '../journal/journal.ts';
import { errorMessage } from '../text/error-message.ts';
import { besideOf } from './exchange-file.ts';
import { stateCopyOf } from './state-copy-of.ts';
import { asidesOf } from './steps/state-restore.ts';

/** How a way back has ended: everything is back, it was left as it is, or it needs the operator. */
export type EndOfWay = 'whole' | 'left' | 'not back';

/**
 * Throws away what was to become the state, and copies of state that came to nothing; behind an end that is whole also what the restored
 * state was exchanged for, which is kept until the service is well on what was restored, and may else be the only copy. A text: what is
 * still there.
 */
export function throwLeftoversAway(machine: Machine, journal: Journal, end: EndOfWay): string | undefined {
  const { plan, change } = journal.begin;
  const { begun } = historyOf(journal.records);
  const isDone = new Set(begun.flatMap(({ step, done }) => (done?.snapshot === undefined ? [] : [step])));
  const states = [...plan.steps.entries()].flatMap(([step, action]) =>
    action.kind === 'state-snapshot' ? [{ step, path: action.path }] : [],
  );
  const isGone = (path: string): boolean => machine.host.lstat(path) === undefined;
  const asides = states.flatMap(({ path }) => asidesOf(path, change));
  const useless = states.flatMap(({ step, path }) => [
    besideOf(path, change, 'new'),
    ...(isDone.has(step) || isGone(path) ? [] : [stateCopyOf(journal, step)]),
  ]);
  for (const left of end === 'whole' ? [...useless, ...asides] : useless) {
    if (machine.host.lstat(left) === undefined) continue;
    try {
      machine.files.removeTree(left);
    } catch (error) {
      return `${left} is of no use any more and could not be removed: ${errorMessage(error)}`;
    }
  }
  // The state went away between its first copy and the next: that may be all there is of it.
  const only = states
    .filter(({ step, path }) => !isDone.has(step) && isGone(path) && !isGone(stateCopyOf(journal, step)))
    .map(({ step, path }) => `${path} is not there; a copy of it is ${stateCopyOf(journal, step)}`);
  if (end !== 'left') return only.length === 0 ? undefined : only.join('; ');
  const kept = asides.filter((aside) => machine.host.lstat(aside) !== undefined);
  const where = kept.length === 0 ? '' : `; what the state was exchanged for: ${kept.join(', ')}`;
  return `not all of it could be put back${where}`;
}
