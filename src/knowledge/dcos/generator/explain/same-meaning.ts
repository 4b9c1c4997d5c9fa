import { TracedText } from '../../../../text/traced-text.ts';
import type { Holes } from './holes.ts';
import type { FoundFile, Match } from './lay-over.ts';
import { matchJson } from './match-json.ts';
import { matchLines } from './match-lines.ts';

/** A rendering in the order of the file that means the same. */
export interface SameMeaning {
  readonly content: TracedText;
  readonly recovered: ReadonlyMap<string, string>;
  /** For people: what differs, and how that comes. */
  readonly why: string;
}

const AS_JSON = 'as JSON the two mean the same, only the order of keys or the blanks differ';
const OLD_PYTHON = 'Pythons before 3.6 wrote keys in an order that changed with every run';
const AS_LINES = 'the same lines in another order, which means nothing in a file of variables';
const SAME_ORDER = 'the same variables in the same order, only comments or blank lines differ';

/** How another order of keys comes. */
function howOrdered(python: string | undefined): string {
  const [, minor] = /^3\.(\d+)$/.exec(python ?? '') ?? [];
  if (minor === undefined) return `${OLD_PYTHON}, later ones keep it`;
  return Number(minor) < 6
    ? OLD_PYTHON
    : `edited by hand, or by a tool, for the node's Python ${python} keeps the order of the sources`;
}

/**
 * Whether a file differs from its rendering only in what means nothing: the order of keys and blanks in JSON, as a
 * whole or in the values of an environment file, and the order of the lines of such a file. `python`: the version
 * that made it, where it is known.
 */
export function sameMeaning(
  rendered: TracedText,
  holes: Holes,
  found: FoundFile,
  python?: string,
): SameMeaning | undefined {
  const json = `${AS_JSON}: ${howOrdered(python)}`;
  const asJson = matchJson(rendered, holes, found, 0, found.text.length);
  if (asJson !== undefined) return inOrder(asJson, found, json);
  const lines = matchLines(rendered, holes, found);
  if (lines === undefined) return undefined;
  if (lines.hasJson)
    return inOrder(lines.matches, found, `the same variables, of which some hold JSON: ${json}`);
  return inOrder(lines.matches, found, lines.isReordered ? AS_LINES : SAME_ORDER);
}

function inOrder(matches: readonly Match[], found: FoundFile, why: string): SameMeaning | undefined {
  const parts: TracedText[] = [];
  const recovered = new Map<string, string>();
  let at = 0;
  const derive = (to: number) => {
    const rule = 'the order of this run of the generator';
    const place = found.placeAt(at);
    parts.push(TracedText.from(found.text.slice(at, to), { kind: 'derived', rule, place }));
    at = to;
  };
  for (const match of [...matches].sort((a, b) => a.from - b.from)) {
    derive(match.from);
    for (const [name, value] of match.recovered) {
      if ((recovered.get(name) ?? value) !== value) return undefined;
      recovered.set(name, value);
    }
    if (match.rendered.toString() === found.text.slice(match.from, match.to)) {
      parts.push(match.rendered);
      at = match.to;
    } else {
      derive(match.to); // the same scalar, spelled otherwise
    }
  }
  derive(found.text.length);
  return { content: TracedText.concat(parts), recovered, why };
}
