import type { Lines } from './generated-file.ts';

const HIDDEN = '(secret)';
const SHORTEST_SECRET = 4;

/**
 * A difference without what the generator counts among its secrets: where the expected line holds the value of one,
 * that is hidden, and of the line found all from there on, for it holds another secret. `values`: those of the secret
 * arguments; short ones would hide half the line and are no secrets.
 */
export function hideSecrets({ expected, found }: Lines, values: readonly string[]): Lines {
  const secrets = linesOf(values);
  const offsets = secrets.map((secret) => expected.indexOf(secret)).filter((offset) => offset !== -1);
  const hide = (line: string) => hideValues(line, values);
  if (offsets.length === 0) return { expected, found: hide(found) };
  const first = Math.min(...offsets);
  const isSameBefore = found.startsWith(expected.slice(0, first));
  return {
    expected: hide(expected),
    found: isSameBefore ? `${found.slice(0, first)}${HIDDEN}` : HIDDEN,
  };
}

/** A text without these values, in whole or line by line. */
export function hideValues(text: string, values: readonly string[]): string {
  return linesOf(values).reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
}

function linesOf(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => value.split('\n')).map((line) => line.trim());
  return lines.filter((line) => line.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}
