import { recodeText } from '../../../text/recode.ts';
import { TracedText } from '../../../text/traced-text.ts';
import { isTrue, orderOfTexts } from '../compare-values.ts';
import { Undecidable } from '../faults.ts';
import type { NativeCall } from '../interpreter.ts';
import { NONE, entriesOf, itemsOf, pyStr, raise, undecidable } from '../make.ts';
import { integerOf, listOf, onlyArguments, required, textOf, typeName } from '../native-arguments.ts';
import { showFloat } from '../show.ts';
import type { PyValue } from '../value.ts';

const DEEPEST = 100;

interface Layout {
  readonly between: TracedText;
  readonly afterKey: TracedText;
  readonly indent: string | undefined;
  readonly sortKeys: boolean;
  readonly ascii: boolean;
  readonly call: NativeCall;
}

/**
 * `json.dumps(value, indent=, sort_keys=, separators=, ensure_ascii=)`. Strings keep the origins of their
 * characters; what the encoder adds is derived, at the call.
 */
export function jsonDumps(call: NativeCall): PyValue {
  onlyArguments(call, 1, ['indent', 'sort_keys', 'separators', 'ensure_ascii']);
  return pyStr(TracedText.concat(encode(required(call, 0), layoutOf(call), 0)), call.at);
}

function layoutOf(call: NativeCall): Layout {
  const indent = call.keywords.get('indent') ?? NONE;
  const given = call.keywords.get('separators') ?? NONE;
  const [between, afterKey] = given.kind === 'none' ? [] : itemsOf(listOf(given, call), call);
  return {
    between: between === undefined ? added(indent.kind === 'none' ? ', ' : ',', call) : textOf(between, call),
    afterKey: afterKey === undefined ? added(': ', call) : textOf(afterKey, call),
    indent:
      indent.kind === 'none'
        ? undefined
        : indent.kind === 'str'
          ? indent.text.toString()
          : ' '.repeat(Math.min(100, Math.max(0, integerOf(indent, call)))),
    sortKeys: isTrue(call.keywords.get('sort_keys') ?? NONE),
    ascii: isTrue(call.keywords.get('ensure_ascii') ?? { kind: 'bool', value: true }),
    call,
  };
}

function encode(value: PyValue, layout: Layout, depth: number): TracedText[] {
  const { call } = layout;
  call.interpreter.spend(1);
  if (depth > DEEPEST) return undecidable('nested too deeply for json.dumps', call.at);
  switch (value.kind) {
    case 'str':
      return encodeString(value.text, layout);
    case 'int':
      return [added(String(value.value), call)];
    case 'float':
      return [added(jsonFloat(value.value), call)];
    case 'bool':
      return [added(value.value ? 'true' : 'false', call)];
    case 'none':
      return [added('null', call)];
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
      return raise('TypeError', `Object of type ${typeName(value)} is not JSON serializable`, call.at);
  }
}

function members(value: PyValue & { kind: 'dict' }, layout: Layout, depth: number): TracedText[][] {
  const keyed = entriesOf(value, layout.call).map((entry) => ({
    ...entry,
    name: textOf(entry.key, layout.call),
  }));
  if (layout.sortKeys) keyed.sort((a, b) => orderOfTexts(a.name.toString(), b.name.toString()));
  return keyed.map((entry) => [
    ...encodeString(entry.name, layout),
    layout.afterKey,
    ...encode(entry.value, layout, depth + 1),
  ]);
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
  const parts: TracedText[] = [added(open + newLine(depth + 1), call)];
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(between, added(newLine(depth + 1), call));
    parts.push(...item);
  }
  return [...parts, added(newLine(depth) + close, call)];
}

function encodeString(text: TracedText, layout: Layout): TracedText[] {
  const quote = added('"', layout.call);
  return [quote, recodeText(text, (character) => escaped(character, layout.ascii)), quote];
}

const SHORT: Record<string, string> = {
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

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? showFloat(value) : value > 0 ? 'Infinity' : '-Infinity';
}

function added(text: string, call: NativeCall): TracedText {
  return TracedText.from(text, { kind: 'derived', rule: call.at.text, place: call.at.place });
}
