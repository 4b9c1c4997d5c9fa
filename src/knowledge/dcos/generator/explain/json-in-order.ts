import { advance, type Place } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/**
 * The JSON document `found` with the origins that its keys and values have in `rendered`, a document of the same
 * meaning whose keys stand in another order: generators that ran on a Python before 3.6 wrote them in an order that
 * changed with every run. What is between keys and values is derived. Undefined where one of the two isn't JSON.
 */
export function jsonInOrder(rendered: TracedText, file: string, found: string): TracedText | undefined {
  const sources = jsonTokens(rendered.toString());
  const targets = jsonTokens(found);
  if (sources === undefined || targets === undefined) return undefined;
  const byPath = new Map(sources.map((token) => [token.path, token]));
  const parts: TracedText[] = [];
  let place: Place = { file, line: 1, column: 1 };
  let at = 0;
  const derive = (to: number) => {
    const text = found.slice(at, to);
    parts.push(
      TracedText.from(text, {
        kind: 'derived',
        rule: 'the order of keys in this run of the generator',
        place,
      }),
    );
    place = advance(place, text);
    at = to;
  };
  for (const { path, from, to } of targets) {
    derive(from);
    const source = byPath.get(path);
    const traced = source === undefined ? TracedText.empty : rendered.slice(source.from, source.to);
    if (traced.toString() === found.slice(from, to)) {
      parts.push(traced);
      place = advance(place, found.slice(from, to));
      at = to;
    } else {
      derive(to);
    }
  }
  derive(found.length);
  return TracedText.concat(parts);
}

interface JsonToken {
  /** Of a value, the keys and indexes that lead to it; of a key, those of its value with a `#` behind. */
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

const DEEPEST = 100;
const TOKEN = /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*"|[^\s"[\]{},:]+))/y;

/** The keys and scalars of a JSON document, in order. For documents that JSON.parse has accepted. */
function jsonTokens(text: string): JsonToken[] | undefined {
  const tokens: JsonToken[] = [];
  const open: { readonly isObject: boolean; step: string | number }[] = [];
  const path = () => JSON.stringify(open.map(({ step }) => step));
  let expectsKey = false;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, punctuation, scalar] = match;
    const top = open.at(-1);
    if (scalar !== undefined) {
      const from = TOKEN.lastIndex - scalar.length;
      if (expectsKey && top !== undefined) top.step = scalar;
      tokens.push({ path: path() + (expectsKey ? '#' : ''), from, to: TOKEN.lastIndex });
      expectsKey = false;
    } else if (punctuation === '{' || punctuation === '[') {
      if (open.length >= DEEPEST) return undefined;
      open.push({ isObject: punctuation === '{', step: 0 });
      expectsKey = punctuation === '{';
    } else if (punctuation === '}' || punctuation === ']') {
      open.pop();
      expectsKey = false;
    } else if (punctuation === ',' && top !== undefined) {
      if (typeof top.step === 'number') top.step += 1;
      expectsKey = top.isObject;
    }
  }
  return tokens;
}
