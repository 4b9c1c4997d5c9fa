import type { Assignment, Command, Word } from 'unbash';

export function isCommand(node: { readonly type: string } | Command): node is Command {
  return node.type === 'Command';
}

/** Commands that are followed also where another one follows after `&&` or `||`. */
const FOLLOWED = new Set(['cd', 'export', 'readonly', 'unset', '.', 'source', 'exec', ':']);

/** Commands that change neither the environment nor what is started. */
export const HARMLESS = new Set(['true', 'umask', 'ulimit', 'echo', 'printf', 'trap', 'exec']);

export function isFollowed({ name }: Command): boolean {
  return name === undefined || FOLLOWED.has(name.value);
}

export const BUILTIN = new Set(
  '[ alias bg break case command continue eval exit false fg getopts hash jobs kill let local read return set shift test times type wait'.split(
    ' ',
  ),
);

export function isWord(value: Assignment['value']): value is Word {
  return value.type === 'Word';
}
