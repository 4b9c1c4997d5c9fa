import { explicitLoader } from './explicit-loader.ts';
import { otherUser } from './other-user.ts';
import { plainPrefix } from './plain-prefix.ts';
import { startStopDaemon } from './start-stop-daemon.ts';
import type { CommandPrefix } from './prefix.ts';

/**
 * The prefix that a command begins with; undefined when its first word is none, or one with another purpose.
 * `environment`: what it is started with, when that is known.
 */
export function commandPrefix(
  [program = '', ...args]: readonly string[],
  environment?: ReadonlyMap<string, string>,
): CommandPrefix | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'start-stop-daemon') return startStopDaemon(name, args);
  if (name === 'su' || name === 'runuser') return otherUser(name, args);
  return explicitLoader(name, args) ?? plainPrefix(program, name, args, environment);
}
