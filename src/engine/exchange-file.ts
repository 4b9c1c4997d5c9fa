import { basename, dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';

/** The name beside `path` under which Cutover prepares what shall stand there. */
export function besideOf(path: string, change: string, what: 'new' | 'replaced'): string {
  return `${dirname(path)}/.${basename(path)}.cutover-${change}-${what}`;
}

/**
 * Puts a file or link at `path` in one rename: `prepare` makes it beside, `accept` may refuse it by throwing.
 * What stood at `path` stays until then.
 */
export async function exchangeFile(
  machine: Machine,
  path: string,
  change: string,
  prepare: (beside: string) => Promise<void> | void,
  accept: (beside: string) => Promise<void> | void = () => undefined,
): Promise<void> {
  const beside = besideOf(path, change, 'new');
  if (machine.host.lstat(beside) !== undefined) machine.files.removeFile(beside); // left by a run that was cut short
  await prepare(beside);
  await accept(beside);
  machine.files.rename(beside, path);
  machine.files.sync(dirname(path));
}
