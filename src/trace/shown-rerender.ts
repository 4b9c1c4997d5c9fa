import type { Rerender } from '../documents/trace.ts';
import { secretRanges } from './secret-ranges.ts';

/** What came of making a file again; of a line that differs, the secrets are masked. */
export function shownRerender(rerender: Rerender, showSecrets: boolean): Rerender {
  if (rerender.result !== 'different' || showSecrets) return rerender;
  return { ...rerender, expected: masked(rerender.expected), found: masked(rerender.found) };
}

function masked(line: string): string {
  return secretRanges([line], 1)
    .toReversed()
    .reduce((text, { from, to }) => `${text.slice(0, from)}(secret)${text.slice(to)}`, line);
}
