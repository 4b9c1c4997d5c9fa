import { joinTexts } from '../../../../text/join.ts';
import { replaceText } from '../../../../text/replace.ts';
import { splitText } from '../../../../text/split.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { isTrue } from '../../compare-values.ts';
import { Undecidable } from '../../faults.ts';
import type { NativeCall } from '../../interpreter.ts';
import { NONE, checkLength, pyList, pyStr, pyTuple, raise } from '../../make.ts';
import {
  integerOf,
  iterate,
  onlyArguments,
  optional,
  required,
  textOf,
  typeName,
} from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { isPythonSpace } from '../../whitespace.ts';

export function join(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const parts = iterate(required(call, 0), call).map((part, index) => {
    if (part.kind === 'unknown') throw new Undecidable(part);
    if (part.kind === 'str') return part.text;
    const message = `sequence item ${index}: expected str instance, ${typeName(part)} found`;
    return raise('TypeError', message, call.at);
  });
  checkLength(
    parts.reduce((sum, part) => sum + part.length + self.length, 0),
    call.at,
  );
  call.interpreter.spend(parts.length * self.slices.length);
  return pyStr(joinTexts(self, parts), call.at);
}

export function replace(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 3, ['count']);
  const searched = textOf(required(call, 0), call).toString();
  const replacement = textOf(required(call, 1), call);
  const count = optional(call, 2, 'count');
  const limit = count === undefined ? Number.POSITIVE_INFINITY : limitOf(integerOf(count, call));
  if (searched === '') return insertedBetween(self, replacement, limit, call);
  const found = Math.min(limit, self.toString().split(searched).length - 1);
  checkLength(self.length + found * replacement.length, call.at);
  call.interpreter.spend(found * (1 + replacement.slices.length));
  return pyStr(replaceText(self, searched, replacement, limit), call.at);
}

/** What replacing the empty text comes to: the replacement before each character and at the end. */
function insertedBetween(
  self: TracedText,
  replacement: TracedText,
  limit: number,
  call: NativeCall,
): PyValue {
  checkLength(self.length + (self.length + 1) * replacement.length, call.at);
  call.interpreter.spend((self.length + 1) * (1 + replacement.slices.length));
  const parts: TracedText[] = [];
  let offset = 0;
  for (const [index, character] of Array.from(self.toString()).entries()) {
    if (index < limit) parts.push(replacement);
    parts.push(self.slice(offset, offset + character.length));
    offset += character.length;
  }
  if (Array.from(self.toString()).length < limit) parts.push(replacement);
  return pyStr(TracedText.concat(parts), call.at);
}

/** `split` and `rsplit`. */
export function split(self: TracedText, call: NativeCall, fromEnd = false): PyValue {
  onlyArguments(call, 2, ['sep', 'maxsplit']);
  const separator = optional(call, 0, 'sep') ?? NONE;
  const most = optional(call, 1, 'maxsplit');
  const limit = most === undefined ? Number.POSITIVE_INFINITY : limitOf(integerOf(most, call));
  const parts =
    separator.kind === 'none'
      ? splitAtBlanks(self, limit, fromEnd)
      : splitAt(self, nonEmpty(textOf(separator, call).toString(), call), limit, fromEnd);
  return texts(parts, call);
}

/** From the end, what is over the limit stays together at the beginning. */
function splitAt(self: TracedText, separator: string, limit: number, fromEnd: boolean): TracedText[] {
  if (!fromEnd || limit === Number.POSITIVE_INFINITY) return splitText(self, separator, limit);
  const text = self.toString();
  const parts: TracedText[] = [];
  let to = text.length;
  let cut = text.lastIndexOf(separator);
  while (cut !== -1 && parts.length < limit) {
    parts.push(self.slice(cut + separator.length, to));
    to = cut;
    cut = to < separator.length ? -1 : text.lastIndexOf(separator, to - separator.length);
  }
  return [self.slice(0, to), ...parts.reverse()];
}

function splitAtBlanks(self: TracedText, limit: number, fromEnd: boolean): TracedText[] {
  const text = self.toString();
  const words: { from: number; to: number }[] = [];
  for (let at = 0; at < text.length; ) {
    const from = at;
    const isBlank = isPythonSpace(text.charAt(at));
    while (at < text.length && isPythonSpace(text.charAt(at)) === isBlank) at += 1;
    if (!isBlank) words.push({ from, to: at });
  }
  if (words.length <= limit) return words.map(({ from, to }) => self.slice(from, to));
  const kept = fromEnd ? words.slice(words.length - limit) : words.slice(0, limit);
  const parts = kept.map(({ from, to }) => self.slice(from, to));
  if (!fromEnd) return [...parts, self.slice(words[limit]?.from ?? text.length)];
  return [self.slice(0, words[words.length - limit - 1]?.to ?? 0), ...parts];
}

/** `partition` and `rpartition`. */
export function partition(self: TracedText, call: NativeCall, fromEnd: boolean): PyValue {
  onlyArguments(call, 1);
  const separator = nonEmpty(textOf(required(call, 0), call).toString(), call);
  const text = self.toString();
  const at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator);
  const nothing = fromEnd
    ? [TracedText.empty, TracedText.empty, self]
    : [self, TracedText.empty, TracedText.empty];
  const parts =
    at === -1
      ? nothing
      : [self.slice(0, at), self.slice(at, at + separator.length), self.slice(at + separator.length)];
  return pyTuple(
    parts.map((part) => pyStr(part, call.at)),
    call.at,
  );
}

export function splitLines(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 1, ['keepends']);
  const keeps = isTrue(optional(call, 0, 'keepends') ?? NONE);
  return texts(linesOf(self, keeps), call);
}

/** `text.splitlines(keepends)`: more characters end a line than the line feed. */
export function linesOf(text: TracedText, keepsEnds: boolean): TracedText[] {
  const lines = text.toString().match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[^]|$)/g) ?? [];
  let from = 0;
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const start = from;
      from += line.length;
      const end = keepsEnds
        ? 0
        : (/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/.exec(line)?.[0].length ?? 0);
      return text.slice(start, from - end);
    });
}

function texts(parts: readonly TracedText[], call: NativeCall): PyValue {
  call.interpreter.spend(parts.length);
  return pyList(
    parts.map((part) => pyStr(part, call.at)),
    call.at,
  );
}

function nonEmpty(separator: string, call: NativeCall): string {
  return separator === '' ? raise('ValueError', 'empty separator', call.at) : separator;
}

/** A negative count means no limit. */
function limitOf(count: number): number {
  return count < 0 ? Number.POSITIVE_INFINITY : count;
}
