import { TracedText } from '../../text/traced-text.ts';
import type { NativeCall } from './interpreter.ts';
import { pyStr, raise, undecidable } from './make.ts';
import { shownText } from './percent-format.ts';
import type { PyValue } from './value.ts';

/** `format.format(…)` with the fields `{}`, `{0}` and `{name}`; no conversions, formats or attributes. */
export function braceFormat(format: TracedText, call: NativeCall): PyValue {
  const plain = format.toString();
  const parts: TracedText[] = [];
  let from = 0;
  let automatic = 0;
  for (let at = nextBrace(plain, 0); at !== -1; at = nextBrace(plain, from)) {
    parts.push(format.slice(from, at));
    if (plain.charAt(at) === plain.charAt(at + 1)) {
      parts.push(format.slice(at, at + 1));
      from = at + 2;
      continue;
    }
    const end = plain.indexOf('}', at);
    if (plain.charAt(at) === '}' || end === -1) {
      raise('ValueError', `Single '${plain.charAt(at)}' encountered in format string`, call.at);
    }
    const name = plain.slice(at + 1, end);
    parts.push(shownText(field(name === '' ? String(automatic++) : name, call), call));
    from = end + 1;
  }
  parts.push(format.slice(from));
  return pyStr(TracedText.concat(parts), call.at);
}

function nextBrace(text: string, from: number): number {
  const brace = /[{}]/g;
  brace.lastIndex = from;
  return brace.exec(text)?.index ?? -1;
}

function field(name: string, call: NativeCall): PyValue {
  if (/^\d+$/.test(name)) {
    return call.args[Number(name)] ?? raise('IndexError', `no argument for the field {${name}}`, call.at);
  }
  if (!/^[A-Za-z_]\w*$/.test(name)) undecidable(`the format field {${name}} isn't evaluated`, call.at);
  return call.keywords.get(name) ?? raise('KeyError', name, call.at);
}
