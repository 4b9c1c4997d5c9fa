import { isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml';
import { TracedText } from '../../text/traced-text.ts';
import { type ScalarStyle, scalarText } from './scalar-text.ts';

const DEEPEST = 50;
const DEEPEST_BRACKETS = 200;

/** A YAML document whose scalars, all taken as text, know where their characters came from. */
export type YamlNode =
  /** `plain`: without quotes and in no block, so that it may stand for a number, a truth value or nothing. */
  | { readonly kind: 'scalar'; readonly text: TracedText; readonly plain: boolean }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlNode> }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[] }
  /** An alias, an empty value, or something nested too deeply. */
  | { readonly kind: 'other' };

export type ParsedYaml =
  | { readonly kind: 'document'; readonly root: YamlNode }
  | { readonly kind: 'fault'; readonly offset: number; readonly message: string };

/** Parses one YAML document; of keys that occur twice the last counts, as in PyYAML. */
export function parseYaml(text: TracedText): ParsedYaml {
  const document = parsed(text.toString());
  if (document === undefined) return { kind: 'fault', offset: 0, message: 'nested too deeply' };
  const [error] = document.errors;
  if (error !== undefined) {
    return { kind: 'fault', offset: error.pos[0], message: error.message };
  }
  return { kind: 'document', root: convert(document.contents, text, 0) };
}

function parsed(text: string) {
  if (isTooDeep(text)) return undefined;
  try {
    return parseDocument(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false, // they take time by the square of the errors
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether brackets or indicators nest so deep that the parser would not come to an end in any sensible time. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST_BRACKETS) return true;
  }
  return /(?:[-?:][ \t]+){100}/.test(text);
}

function convert(node: unknown, text: TracedText, depth: number): YamlNode {
  if (depth > DEEPEST) return { kind: 'other' };
  if (isScalar(node)) return scalar(node, text);
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item, text, depth + 1)) };
  if (!isMap(node)) return { kind: 'other' };
  const entries = new Map<string, YamlNode>();
  for (const { key, value } of node.items) {
    if (isScalar(key)) entries.set(String(key.value), convert(value, text, depth + 1));
  }
  return { kind: 'map', entries };
}

function scalar(node: Scalar, text: TracedText): YamlNode {
  const { range, type, value } = node;
  if (range == null || typeof value !== 'string') return { kind: 'other' };
  const plain = type === 'PLAIN';
  const source = text.slice(range[0], range[1]);
  const traced = isStyle(type) ? scalarText(source, type, value) : undefined;
  const reason = 'its spelling in YAML is not followed';
  return { kind: 'scalar', text: traced ?? TracedText.from(value, { kind: 'unknown', reason }), plain };
}

function isStyle(type: string | undefined): type is ScalarStyle {
  return ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'].includes(type ?? '');
}
