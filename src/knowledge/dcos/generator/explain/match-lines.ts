import { splitLines } from '../../../../text/split.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Holes } from './holes.ts';
import { type FoundFile, layOver, type Match } from './lay-over.ts';
import { matchJson } from './match-json.ts';

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)\n?$/s;
const NO_ASSIGNMENT = /^\s*(?:[#;].*)?\n?$/;

export interface MatchedLines {
  readonly matches: readonly Match[];
  /** Whether a value of them is JSON that is spelled otherwise. */
  readonly hasJson: boolean;
  readonly isReordered: boolean;
}

/**
 * The lines of a file of variables (`NAME=value`, comments, blank lines) with the lines of the rendering that make
 * them, whatever their order; undefined where they are not the same, or two of one name changed places. A value may
 * be JSON that means the same.
 */
export function matchLines(rendered: TracedText, holes: Holes, found: FoundFile): MatchedLines | undefined {
  const sources = new Map<string, TracedText[]>();
  const order: string[] = [];
  for (const line of splitLines(rendered)) {
    const name = nameOf(line.toString());
    if (name === undefined) return undefined;
    if (name === null) continue;
    order.push(name);
    const known = sources.get(name);
    if (known === undefined) sources.set(name, [line]);
    else known.push(line);
  }
  for (const lines of sources.values()) lines.reverse(); // taken from the end, so that many cost no more
  const matches: Match[] = [];
  let count = 0;
  let isReordered = false;
  let hasJson = false;
  let from = 0;
  for (const line of found.text.split(/(?<=\n)/)) {
    const to = from + line.length;
    const name = nameOf(line);
    if (name === undefined) return undefined;
    if (name !== null) {
      const source = sources.get(name)?.pop();
      isReordered ||= order[count] !== name;
      count += 1;
      const matched = source === undefined ? undefined : matchLine(source, holes, found, from, to);
      if (matched === undefined) return undefined;
      hasJson ||= matched.hasJson;
      matches.push(...matched.matches);
    }
    from = to;
  }
  return count === order.length ? { matches, hasJson, isReordered } : undefined;
}

/** Null for a line without a variable; undefined for one that has no place in a file of variables. */
function nameOf(line: string): string | null | undefined {
  if (NO_ASSIGNMENT.test(line)) return null;
  return ASSIGNMENT.exec(line)?.[1];
}

function matchLine(
  source: TracedText,
  holes: Holes,
  found: FoundFile,
  from: number,
  to: number,
): { readonly matches: readonly Match[]; readonly hasJson: boolean } | undefined {
  const laid = layOver(source, holes, found, from, to);
  if (laid.kind === 'laid') {
    return { matches: [{ from, to, rendered: laid.text, recovered: laid.recovered }], hasJson: false };
  }
  const start = source.toString().indexOf('=') + 1;
  const values = matchJson(source.slice(start), holes, found, from + start, to);
  if (values === undefined) return undefined;
  const name: Match = {
    from,
    to: from + start,
    rendered: source.slice(0, start),
    recovered: new Map(),
  };
  return { matches: [name, ...values], hasJson: true };
}
