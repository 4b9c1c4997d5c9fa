import { type Range, secretRanges } from './secret-ranges.ts';

export { isSecret } from './secret-names.ts';

/** A text with `(secret)` in place of each secret that is told by what stands in it. */
export function maskSecrets(text: string): string {
  if (text.length > LONGEST_KEPT) return masked(text);
  const known = lastMasked.get(text) ?? masked(text);
  if (lastMasked.size >= MOST_KEPT) lastMasked.clear();
  lastMasked.set(text, known);
  return known;
}

/** The services of a host share most of their settings: each line is asked about seven times for one that is new. */
const lastMasked = new Map<string, string>();
const MOST_KEPT = 4096;
/** In UTF-16 units. */
const LONGEST_KEPT = 1024;

function masked(text: string): string {
  const lines = text.split('\n');
  const ranges = secretRanges(lines);
  return lines.map((line, index) => maskRanges(line, ranges[index] ?? [])).join('\n');
}

/** Likewise with a star for each character of a secret: every column stays where it was. */
export function starSecrets(text: string): string {
  const lines = text.split('\n');
  const ranges = secretRanges(lines);
  return lines
    .map((line, index) => maskRanges(line, ranges[index] ?? [], ({ from, to }) => '*'.repeat(to - from)))
    .join('\n');
}

/** A line with `(secret)` in place of these parts of it, which are in order and apart. */
export function maskRanges(
  line: string,
  ranges: readonly Range[],
  mask: (range: Range) => string = () => '(secret)',
): string {
  let from = 0;
  let shown = '';
  for (const range of ranges) {
    shown += line.slice(from, range.from) + mask(range);
    from = range.to;
  }
  return shown + line.slice(from);
}

/** Whether there is a secret in what is given to a name, as a directive of a unit is: `ExecStart`, `lamp --token=…`. */
export function holdsSecretValue(name: string, value: string): boolean {
  const line = `${name}=${value}`;
  return maskSecrets(line) !== line;
}
