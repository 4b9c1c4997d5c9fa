import type { Case, CompoundList } from 'unbash';
import { matchesPattern } from '../../text/matches-pattern.ts';
import { expandPattern, expandWord } from './expand-word.ts';
import type { ShellState } from './shell-state.ts';

/** What a `case` runs; undefined where only running it tells. */
export function decideCase(state: ShellState, node: Case): CompoundList | 'none' | undefined {
  const word = expandWord(state, node.word);
  const patterns = node.items.map(({ pattern }) => pattern.map((one) => expandPattern(state, one)));
  const isPlain = node.items.every(({ terminator }) => terminator === undefined || terminator === ';;');
  if (word === undefined || !isPlain || patterns.flat().includes(undefined)) return undefined;
  const at = patterns.findIndex((all) => all.some((one) => matchesPattern(one ?? '', word)));
  return node.items[at]?.body ?? 'none';
}
