import type { Command } from 'unbash';
import { expandFields } from './expand-word.ts';
import type { ShellState } from './shell-state.ts';

/** The directory that a `cd` goes to; undefined where only running it tells. */
export function changedDirectory(state: ShellState, command: Command): string | undefined {
  const words = command.args.flatMap((word): readonly (string | undefined)[] => {
    const fields = word.type === 'Word' ? expandFields(state, word) : undefined;
    return fields ?? [undefined];
  });
  const [target, ...others] = words[0] === '--' ? words.slice(1) : words;
  const isPlain = target !== undefined && !target.startsWith('-') && others.length === 0;
  return isPlain ? state.absolute(target) : undefined;
}
