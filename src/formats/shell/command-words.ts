import type { Assignment, CommandArgument } from 'unbash';
import { expandFields, expandWord } from './expand-word.ts';
import { isWord } from './known-commands.ts';
import type { ShellState } from './shell-state.ts';

export interface CommandWords {
  /** The program first, a relative one made absolute. */
  readonly words: readonly string[];
  /** What only running tells: an `--option=…` of its own is left out, and with anything else the words end. */
  readonly unknown: readonly CommandArgument[];
}

/** Undefined where only running tells the program. */
export function commandWords(
  state: ShellState,
  program: CommandArgument | undefined,
  args: readonly CommandArgument[],
): CommandWords | undefined {
  const fields = program?.type === 'Word' ? expandFields(state, program) : undefined;
  const path = fields?.[0] === undefined ? undefined : programPath(state, fields[0]);
  if (fields === undefined || path === undefined) return undefined;
  const words = [path, ...fields.slice(1)];
  const unknown: CommandArgument[] = [];
  for (const argument of args) {
    const more = argument.type === 'Word' ? expandFields(state, argument) : assignmentWord(state, argument);
    if (more !== undefined) words.push(...more);
    else {
      unknown.push(argument);
      if (!/^["']?--?[\w-]+=/.test(argument.text)) break;
    }
  }
  return { words, unknown };
}

/** `A=b` as an argument is a word like any other. */
function assignmentWord(state: ShellState, { name, value, text }: Assignment): readonly string[] | undefined {
  if (!isWord(value) || !text.startsWith(`${name}=`)) return undefined;
  const expanded = expandWord(state, value);
  return expanded === undefined ? undefined : [`${name}=${expanded}`];
}

/** A name without a slash is looked for along PATH, which has to be known. */
function programPath(state: ShellState, name: string): string | undefined {
  if (name.includes('/')) return state.absolute(name);
  return state.variable('PATH') === 'unknown' ? undefined : name;
}
