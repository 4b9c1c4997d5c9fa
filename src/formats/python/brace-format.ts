import { TracedText } from '../../text/traced-text.ts';
import { formatValue } from './format-spec.ts';
import type { NativeCall } from './interpreter.ts';
import { derivedStr, pyInt, pyStr, raise, raiseWith, undecidable } from './make.ts';
import { represent } from './show.ts';
import { derived, shownText } from './shown-text.ts';
import { itemOf } from './subscript.ts';
import type { PyValue } from './value.ts';

/** `format.format(…)` (library reference, Format String Syntax). */
export function braceFormat(format: TracedText, call: NativeCall): PyValue {
  const numbering: Numbering = { next: 0, kind: undefined };
  return pyStr(filledIn(format, call, numbering, 2), call.at);
}

/** Fields without a name are counted; they don't go with numbered ones. */
interface Numbering {
  next: number;
  kind: 'automatic' | 'manual' | undefined;
}

function filledIn(format: TracedText, call: NativeCall, numbering: Numbering, levels: number): TracedText {
  if (levels === 0) raise('ValueError', 'Max string recursion exceeded', call.at);
  const plain = format.toString();
  const parts: TracedText[] = [];
  let from = 0;
  for (let at = nextBrace(plain, 0); at !== -1; at = nextBrace(plain, from)) {
    parts.push(format.slice(from, at));
    if (plain.charAt(at) === plain.charAt(at + 1)) {
      parts.push(format.slice(at, at + 1));
      from = at + 2;
      continue;
    }
    if (plain.charAt(at) === '}' || at + 1 === plain.length) {
      raise('ValueError', `Single '${plain.charAt(at)}' encountered in format string`, call.at);
    }
    const end = endOfField(plain, at + 1);
    if (end === undefined) raise('ValueError', "expected '}' before end of string", call.at);
    parts.push(field(format, at + 1, end, call, numbering, levels));
    from = end + 1;
  }
  parts.push(format.slice(from));
  return TracedText.concat(parts);
}

function nextBrace(text: string, from: number): number {
  const brace = /[{}]/g;
  brace.lastIndex = from;
  return brace.exec(text)?.index ?? -1;
}

function endOfField(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = nextBrace(text, from); at !== -1; at = nextBrace(text, at + 1)) {
    depth += text.charAt(at) === '{' ? 1 : -1;
    if (depth === 0) return at;
  }
  return undefined;
}

const FIELD = /^([^!:[{}]*(?:\[[^\]]*\][^!:[{}]*)*)(?:!([^:]*))?(?:(:)([^]*))?$/;

function field(
  format: TracedText,
  from: number,
  to: number,
  call: NativeCall,
  numbering: Numbering,
  levels: number,
): TracedText {
  const plain = format.slice(from, to).toString();
  const found = FIELD.exec(plain);
  if (found === null) return raise('ValueError', "expected ':' after conversion specifier", call.at);
  const [, name = '', conversion, colon, spec = ''] = found;
  const value = converted(valueOfField(name, call, numbering), conversion, call);
  if (colon === undefined) return formatValue(value, '', call);
  const specified = filledIn(format.slice(to - spec.length, to), call, numbering, levels - 1);
  return formatValue(value, specified.toString(), call);
}

function valueOfField(name: string, call: NativeCall, numbering: Numbering): PyValue {
  const [first = ''] = /^[^.[]*/.exec(name) ?? [];
  let value = argument(first, call, numbering);
  for (const [, attribute, index] of name.slice(first.length).matchAll(/\.([^.[]*)|\[([^\]]*)\]|[^]/g)) {
    if (attribute !== undefined && attribute !== '') {
      value = call.interpreter.attributeOf(value, attribute, call.at);
    } else if (index !== undefined && index !== '') {
      const key = /^\d+$/.test(index) ? pyInt(BigInt(index)) : derivedStr(index, call.at);
      value = itemOf(value, key, call);
    } else raise('ValueError', 'Empty attribute in format string', call.at);
  }
  return value;
}

function argument(name: string, call: NativeCall, numbering: Numbering): PyValue {
  if (name !== '' && !/^\d+$/.test(name)) {
    return call.keywords.get(name) ?? raiseWith('KeyError', [derivedStr(name, call.at)], call.at);
  }
  const kind = name === '' ? 'automatic' : 'manual';
  if (numbering.kind !== undefined && numbering.kind !== kind) {
    const [was, is] =
      kind === 'manual'
        ? ['automatic field numbering', 'manual field specification']
        : ['manual field specification', 'automatic field numbering'];
    raise('ValueError', `cannot switch from ${was} to ${is}`, call.at);
  }
  numbering.kind = kind;
  const index = name === '' ? numbering.next++ : Number(name);
  return (
    call.args[index] ??
    raise('IndexError', `Replacement index ${index} out of range for positional args tuple`, call.at)
  );
}

function converted(value: PyValue, conversion: string | undefined, call: NativeCall): PyValue {
  switch (conversion) {
    case undefined:
      return value;
    case 'r':
      return pyStr(derived(represent(value, call), call), call.at);
    case 's':
      return pyStr(shownText(value, call), call.at);
    case 'a':
      return undecidable("the conversion !a isn't evaluated", call.at);
    default:
      return raise('ValueError', `Unknown conversion specifier ${conversion}`, call.at);
  }
}
