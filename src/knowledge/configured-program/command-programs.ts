import { ShellState } from '../../formats/shell/shell-state.ts';
import type { Host } from '../../host/host.ts';
import { findProgram } from '../../service/find-program.ts';
import { commandPrefix } from '../../service/prefixes/command-prefix.ts';
import { scriptCommands } from '../../service/writers/script-commands.ts';

export interface CommandProgram {
  /** As the command calls it. */
  readonly name: string;
  /** Undefined where PATH has none of that name. */
  readonly path: string | undefined;
  readonly args: readonly (string | undefined)[];
}

/** The programs that a shell command of a configuration starts, prefixes like `nice` and `env` taken off. */
export function commandPrograms(
  host: Host,
  command: string,
  environment: ReadonlyMap<string, string>,
  defaultPath: string,
): CommandProgram[] {
  const files = { read: () => undefined, realPath: () => undefined };
  const state = new ShellState('sh', files, new Map(environment), [], '/');
  return scriptCommands(command, state).flatMap(({ words }): CommandProgram[] => {
    let at = words;
    for (let count = 0; count < 8 && at.every((word) => word !== undefined); count += 1) {
      const prefix = commandPrefix(at);
      if (prefix === undefined || prefix.script !== undefined) break;
      at = prefix.words;
    }
    const [name, ...args] = at;
    if (name === undefined || OF_THE_SHELL.has(name)) return [];
    return [{ name, path: findProgram(host, name, environment.get('PATH') ?? defaultPath), args }];
  });
}

/** What a shell does itself, and what only asks. */
const OF_THE_SHELL = new Set(
  '. : [ alias bg break cd command continue echo eval exec exit export false fg getopts hash jobs kill local printf pwd read readonly return set shift test times trap true type ulimit umask unalias unset wait'.split(
    ' ',
  ),
);
