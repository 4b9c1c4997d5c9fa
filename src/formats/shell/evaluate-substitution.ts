import { posix } from 'node:path';
import type { CommandNode, ParsedScript, PipelineNode, Word } from 'unbash';
import type { ShellState } from './shell-state.ts';

/** The words that a word of a command becomes; undefined where only running tells. */
type Expand = (state: ShellState, word: Word) => readonly string[] | undefined;

/**
 * What `$(…)` yields where that can be told without running it: the usual ways in which a script finds its own
 * directory (`dirname`, `basename`, `readlink -f`, `realpath`, `pwd`, `cd … && pwd`). Undefined for anything else.
 */
export function evaluateSubstitution(
  state: ShellState,
  script: ParsedScript,
  expand: Expand,
): string | undefined {
  const commands = script.commands.flatMap(({ command, background }): (PipelineNode | undefined)[] => {
    if (background === true) return [undefined];
    if (command.type !== 'AndOr') return [command];
    return command.operators.every((operator) => operator === '&&') ? [...command.commands] : [undefined];
  });
  const words = commands.map((command) => wordsOf(state, command, expand));
  const [first, second, ...others] = words;
  if (first === undefined || others.length > 0) return undefined;
  if (words.length === 1) return outputOf(state, first, state.directory);
  const [name, ...targets] = first.filter((word) => word !== '--');
  const [target] = targets;
  if (name !== 'cd' || target === undefined || targets.length > 1 || target.startsWith('-')) return undefined;
  return second?.[0] === 'pwd' ? outputOf(state, second, state.absolute(target)) : undefined;
}

function wordsOf(
  state: ShellState,
  command: CommandNode | PipelineNode | undefined,
  expand: Expand,
): string[] | undefined {
  if (command?.type !== 'Command' || command.name === undefined || command.prefix.length > 0)
    return undefined;
  const words = [command.name.value];
  for (const argument of command.args) {
    const fields = argument.type === 'Word' ? expand(state, argument) : undefined;
    if (fields === undefined) return undefined;
    words.push(...fields);
  }
  return words;
}

function outputOf(
  state: ShellState,
  [name, ...words]: readonly string[],
  directory: string | undefined,
): string | undefined {
  const options = words.filter((word) => word.startsWith('-') && word !== '--').join(' ');
  const [operand, ...others] = words.filter((word) => !word.startsWith('-'));
  if (others.length > 0) return undefined;
  const realPath = (path: string | undefined) =>
    path === undefined ? undefined : state.files.realPath(path);
  if (name === 'pwd' && operand === undefined) {
    if (options === '' || options === '-L') return directory && posix.resolve(directory);
    return options === '-P' ? realPath(directory) : undefined;
  }
  if (operand === undefined) return undefined;
  if (name === 'dirname' && options === '') return posix.dirname(operand);
  if (name === 'basename' && options === '') return posix.basename(operand);
  const follows =
    name === 'readlink' ? options === '-f' || options === '-e' : name === 'realpath' && options === '';
  return follows ? realPath(state.absolute(operand)) : undefined;
}
