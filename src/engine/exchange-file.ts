import { basename, dirname } from 'node:path/posix';
import type { StepContext } from './step-action.ts';

/** A name beside `path` of a change's own. */
export function besideOf(path: string, change: string, what: 'new' | 'replaced'): string {
  return `${dirname(path)}/.${basename(path)}.cutover-${change}-${what}`;
}

/** The name beside `path` under which a step prepares what shall stand there. */
export function newBeside(path: string, { journal }: Pick<StepContext, 'journal'>): string {
  return besideOf(path, journal.begin.change, 'new');
}

/** The directory in which a step makes several files that shall stand in `directory`. */
export function stagingIn(directory: string, { journal }: Pick<StepContext, 'journal'>): string {
  return `${directory}/.cutover-${journal.begin.change}-new`;
}

/**
 * Puts a file at `path` in one rename: `prepare` makes it beside, `accept` may refuse it by throwing.
 * What stood at `path` stays until then.
 */
export function exchangeFile(
  { machine, journal }: Pick<StepContext, 'machine' | 'journal'>,
  path: string,
  prepare: (beside: string) => void,
  accept: () => void = () => undefined,
): void {
  const beside = newBeside(path, { journal });
  if (machine.host.lstat(beside) !== undefined) machine.files.removeFile(beside); // left by a run that was cut short
  prepare(beside);
  accept();
  machine.files.rename(beside, path);
  machine.files.sync(dirname(path));
}
