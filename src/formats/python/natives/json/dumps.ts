import { recodeText } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { isTrue, order } from '../../compare-values.ts';
import { Undecidable } from '../../faults.ts';
import type { NativeCall } from '../../interpreter.ts';
import { NONE, checkLength, entriesOf, itemsOf, pyStr, raise, undecidable } from '../../make.ts';
import { integerOf, listOf, onlyArguments, required, textOf, typeName } from '../../native-arguments.ts';
import { showFloat } from '../../show.ts';
import type { PyValue } from '../../value.ts';

const DEEPEST = 100;
const OPTIONS = [
  'obj',
  'skipkeys',
  'ensure_ascii',
  'check_circular',
  'allow_nan',
  'indent',
  'separators',
  'default',
  'sort_keys',
];

interface Layout {
  readonly between: TracedText;
  readonly afterKey: TracedText;
  readonly indent: string | undefined;
  readonly sortKeys: boolean;
  readonly skipKeys: boolean;
  readonly ascii: boolean;
  readonly allowNan: boolean;
  /** What is asked for a value of another type. */
  readonly fallback: PyValue | undefined;
  readonly call: NativeCall;
}

/**
 * `json.dumps(value, …)` with every option but `cls`. Strings keep the origins of their characters; what the
 * encoder adds is derived, at the call.
 */
export function jsonDumps(call: NativeCall): PyValue {
  onlyArguments(call, 1, OPTIONS);
  const text = TracedText.concat(encode(required(call, 0, 'obj'), layoutOf(call), 0));
  return pyStr(text, call.at);
}

function layoutOf(call: NativeCall): Layout {
  const flag = (name: string, standard: boolean) => {
    const given = call.keywords.get(name);
    return given === undefined ? standard : isTrue(given);
  };
  const indent = call.keywords.get('indent') ?? NONE;
  const given = call.keywords.get('separators') ?? NONE;
  const [between, afterKey] = given.kind === 'none' ? [] : itemsOf(listOf(given, call), call);
  const fallback = call.keywords.get('default');
  return {
    between: between === undefined ? added(indent.kind === 'none' ? ', ' : ',', call) : textOf(between, call),
    afterKey: afterKey === undefined ? added(': ', call) : textOf(afterKey, call),
    indent:
      indent.kind === 'none'
        ? undefined
        : indent.kind === 'str'
          ? indent.text.toString()
          : ' '.repeat(Math.min(100, Math.max(0, integerOf(indent, call)))),
    sortKeys: flag('sort_keys', false),
    skipKeys: flag('skipkeys', false),
    ascii: flag('ensure_ascii', true),
    allowNan: flag('allow_nan', true),
    fallback: fallback?.kind === 'none' ? undefined : fallback,
    call,
  };
}

function encode(value: PyValue, layout: Layout, depth: number): TracedText[] {
  const { call } = layout;
  call.interpreter.spend(4);
  if (depth > DEEPEST) return undecidable('nested too deeply for json.dumps', call.at);
  switch (value.kind) {
    case 'str':
      return encodeString(value.text, layout);
    case 'int':
    case 'float':
    case 'bool':
    case 'none':
      return [added(scalar(value, layout), call)];
    case 'list':
    case 'tuple':
      return enclosed(
        ['[', ']'],
        itemsOf(value, call).map((item) => encode(item, layout, depth + 1)),
        layout,
        depth,
      );
    case 'dict':
      return enclosed(['{', '}'], members(value, layout, depth), layout, depth);
    case 'unknown':
      throw new Undecidable(value);
    default:
      if (layout.fallback !== undefined) {
        const replaced = call.interpreter.call(
          layout.fallback,
          { args: [value], keywords: new Map() },
          call.at,
        );
        return encode(replaced, layout, depth + 1);
      }
      return raise('TypeError', `Object of type ${typeName(value)} is not JSON serializable`, call.at);
  }
}

function scalar(value: PyValue & { kind: 'int' | 'float' | 'bool' | 'none' }, layout: Layout): string {
  switch (value.kind) {
    case 'int':
      return String(value.value);
    case 'bool':
      return value.value ? 'true' : 'false';
    case 'none':
      return 'null';
    case 'float':
      if (Number.isFinite(value.value)) return showFloat(value.value);
      if (!layout.allowNan) {
        return raise('ValueError', 'Out of range float values are not JSON compliant', layout.call.at);
      }
      return Number.isNaN(value.value) ? 'NaN' : value.value > 0 ? 'Infinity' : '-Infinity';
  }
}

function members(value: PyValue & { kind: 'dict' }, layout: Layout, depth: number): TracedText[][] {
  const entries = entriesOf(value, layout.call);
  if (layout.sortKeys) entries.sort((a, b) => order(a.key, b.key, layout.call));
  return entries.flatMap((entry) => {
    const name = memberName(entry.key, layout);
    return name === undefined
      ? []
      : [[...encodeString(name, layout), layout.afterKey, ...encode(entry.value, layout, depth + 1)]];
  });
}

function memberName(key: PyValue, layout: Layout): TracedText | undefined {
  switch (key.kind) {
    case 'str':
      return key.text;
    case 'int':
    case 'float':
    case 'bool':
    case 'none':
      return added(scalar(key, layout), layout.call);
    case 'unknown':
      throw new Undecidable(key);
    default: {
      if (layout.skipKeys) return undefined;
      const message = `keys must be str, int, float, bool or None, not ${typeName(key)}`;
      return raise('TypeError', message, layout.call.at);
    }
  }
}

function enclosed(
  [open, close]: readonly [string, string],
  items: readonly TracedText[][],
  layout: Layout,
  depth: number,
): TracedText[] {
  const { call, between, indent } = layout;
  if (items.length === 0) return [added(open + close, call)];
  const newLine = (level: number) => (indent === undefined ? '' : `\n${indent.repeat(level)}`);
  const inner = newLine(depth + 1);
  checkLength(items.length * (between.length + inner.length), call.at);
  const parts: TracedText[] = [added(open + inner, call)];
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(between, added(inner, call));
    parts.push(...item);
  }
  parts.push(added(newLine(depth) + close, call));
  checkLength(
    parts.reduce((sum, part) => sum + part.length, 0),
    call.at,
  );
  return parts;
}

function encodeString(text: TracedText, layout: Layout): TracedText[] {
  const { call } = layout;
  call.interpreter.spend(text.length >> 4);
  const quote = added('"', call);
  return [quote, recodeText(text, (character) => escaped(character, layout.ascii)), quote];
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escaped(character: string, ascii: boolean): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  if (character >= ' ' && (!ascii || character <= '~')) return character;
  let units = '';
  for (let index = 0; index < character.length; index += 1) {
    units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return units;
}

function added(text: string, call: NativeCall): TracedText {
  return TracedText.from(text, { kind: 'derived', rule: call.at.text, place: call.at.place });
}
