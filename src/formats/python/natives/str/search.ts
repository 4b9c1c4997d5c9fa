import { splitText } from '../../../../text/split.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { pyBool, pyInt, raise, rawItems } from '../../make.ts';
import { integerOf, onlyArguments, optional, required, textOf, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { pointsBefore, pointsIn, unitsBefore } from './code-points.ts';

/** `find`, `rfind`: -1 where it isn't found; `index` and `rindex` raise instead. */
export function find(
  self: TracedText,
  call: NativeCall,
  { last = false, mustBeThere = false }: { readonly last?: boolean; readonly mustBeThere?: boolean },
): PyValue {
  onlyArguments(call, 3);
  const searched = textOf(required(call, 0), call).toString();
  const text = self.toString();
  const [from, to] = bounds(text, call);
  const part = from <= to ? text.slice(from, to) : undefined;
  const at = (last ? part?.lastIndexOf(searched) : part?.indexOf(searched)) ?? -1;
  if (at === -1 && mustBeThere) return raise('ValueError', 'substring not found', call.at);
  return pyInt(at === -1 ? -1 : pointsBefore(text, from + at));
}

export function count(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 3);
  const searched = textOf(required(call, 0), call).toString();
  const text = self.toString();
  const [from, to] = bounds(text, call);
  if (from > to) return pyInt(0);
  if (searched === '') return pyInt(pointsIn(text.slice(from, to)) + 1);
  return pyInt(splitText(self.slice(from, to), searched).length - 1);
}

/** `startswith` and `endswith`, of one text or a tuple of them. */
export function affix(self: TracedText, call: NativeCall, method: 'startsWith' | 'endsWith'): PyValue {
  onlyArguments(call, 3);
  const parts = required(call, 0);
  const text = self.toString();
  const [from, to] = bounds(text, call);
  const part = text.slice(from, Math.max(from, to));
  if (parts.kind !== 'str' && parts.kind !== 'tuple' && parts.kind !== 'unknown') {
    const name = method.toLowerCase();
    raise('TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(parts)}`, call.at);
  }
  const choices = parts.kind === 'tuple' ? rawItems(parts) : [parts];
  return pyBool(from <= to && choices.some((choice) => part[method](textOf(choice, call).toString())));
}

/** The offsets that the second and third argument give; the first may lie behind the text's end. */
function bounds(text: string, call: NativeCall): [number, number] {
  const bound = (index: number, standard: number) => {
    const given = optional(call, index);
    if (given === undefined || given.kind === 'none') return standard;
    const asked = integerOf(given, call);
    return asked > pointsIn(text) ? text.length + 1 : unitsBefore(text, asked);
  };
  const [from, to] = [bound(1, 0), bound(2, text.length)];
  return [from, Math.min(to, text.length)];
}
