import { type Range, secretRanges } from './secret-ranges.ts';

export { isSecret } from './secret-names.ts';

/** A text with `(secret)` in place of each secret that is told by what stands in it. */
export function maskSecrets(text: string): string {
  const lines = text.split('\n');
  const ranges = secretRanges(lines);
  return lines.map((line, index) => maskRanges(line, ranges[index] ?? [])).join('\n');
}

/** A line with `(secret)` in place of these parts of it, which are in order and apart. */
export function maskRanges(line: string, ranges: readonly Range[]): string {
  return ranges.toReversed().reduce((text, { from, to }) => `${text.slice(0, from)}(secret)${text.slice(to)}`, line);
}

/** Whether there is a secret in what is given to a name, as a directive of a unit is: `ExecStart`, `lamp --token=…`. */
export function holdsSecretValue(name: string, value: string): boolean {
  const line = `${name}=${value}`;
  return maskSecrets(line) !== line;
}
