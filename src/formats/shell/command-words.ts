import type { Assignment, Command } from 'unbash';
import { expandFields, expandWord } from './expand-word.ts';
import { isWord } from './known-commands.ts';
import type { ShellState } from './shell-state.ts';

/** Up to the first word that only running tells; undefined where that is the program. */
export function commandWords(state: ShellState, { name, args }: Command): readonly string[] | undefined {
  const fields = name === undefined ? undefined : expandFields(state, name);
  const path = fields?.[0] === undefined ? undefined : programPath(state, fields[0]);
  if (fields === undefined || path === undefined) return undefined;
  const words = [path, ...fields.slice(1)];
  for (const argument of args) {
    const more = argument.type === 'Word' ? expandFields(state, argument) : assignmentWord(state, argument);
    if (more === undefined) break;
    words.push(...more);
  }
  return words;
}

/** `A=b` as an argument is a word like any other. */
export function assignmentWord(
  state: ShellState,
  { name, value, text }: Assignment,
): readonly string[] | undefined {
  if (!isWord(value) || !text.startsWith(`${name}=`)) return undefined;
  const expanded = expandWord(state, value);
  return expanded === undefined ? undefined : [`${name}=${expanded}`];
}

/** A name without a slash is looked for along PATH, which has to be known. */
export function programPath(state: ShellState, name: string): string | undefined {
  if (name.includes('/')) return state.absolute(name);
  return state.variable('PATH') === 'unknown' ? undefined : name;
}
