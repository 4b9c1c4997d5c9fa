import { respelled } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { dictKey } from '../../compare-values.ts';
import type { NativeCall } from '../../interpreter.ts';
import { NONE, checkLength, pyDict, pyInt, pyStr, raise, rawEntries } from '../../make.ts';
import { dictOf, onlyArguments, optional, required, textOf } from '../../native-arguments.ts';
import type { DictEntry, PyValue } from '../../value.ts';
import { replaceCharacters } from './replace-characters.ts';

/** `str.maketrans(from, to, removed)` or of a dict. */
export function makeTranslation(call: NativeCall): PyValue {
  onlyArguments(call, 3);
  const entries = new Map<string, DictEntry>();
  const set = (character: string, value: PyValue) => {
    const key = pyInt(character.codePointAt(0) ?? 0);
    entries.set(dictKey(key, call), { key, value });
  };
  const first = required(call, 0);
  if (call.args.length === 1) {
    for (const { key, value } of rawEntries(dictOf(first, call)).values()) {
      if (key.kind === 'str') set(key.text.toString(), value);
      else entries.set(dictKey(key, call), { key, value });
    }
    return pyDict(entries);
  }
  const from = Array.from(textOf(first, call).toString());
  const to = Array.from(textOf(required(call, 1), call).toString());
  if (from.length !== to.length) {
    raise('ValueError', 'the first two maketrans arguments must have equal length', call.at);
  }
  for (const [index, character] of from.entries())
    set(character, pyInt((to[index] ?? '').codePointAt(0) ?? 0));
  const removed = optional(call, 2);
  if (removed !== undefined) {
    for (const character of textOf(removed, call).toString()) set(character, NONE);
  }
  return pyDict(entries);
}

/** Each character as the table says: a text, a code point, or `None` for nothing. */
export function translate(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const table = rawEntries(dictOf(required(call, 0), call));
  call.interpreter.spend(self.length >> 2);
  let length = 0;
  const result = replaceCharacters(self, (character, own) => {
    const key = dictKey(pyInt(character.codePointAt(0) ?? 0), call);
    const value = table.get(key)?.value;
    if (value === undefined) return undefined;
    const part = translated(own(), value, call);
    length += part.length;
    checkLength(length, call.at);
    return part;
  });
  return pyStr(result, call.at);
}

function translated(own: TracedText, value: PyValue, call: NativeCall): TracedText {
  if (value.kind === 'none') return TracedText.empty;
  if (value.kind !== 'int') return textOf(value, call);
  const [first] = own.slices;
  const text = String.fromCodePoint(Number(value.value));
  return first === undefined ? own : TracedText.of([{ ...first, text, origin: respelled(first.origin) }]);
}
