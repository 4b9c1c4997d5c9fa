import { joinTexts } from '../../../text/join.ts';
import { recodeText } from '../../../text/recode.ts';
import { replaceText } from '../../../text/replace.ts';
import { splitText } from '../../../text/split.ts';
import { stripText } from '../../../text/strip.ts';
import { TracedText } from '../../../text/traced-text.ts';
import { braceFormat } from '../brace-format.ts';
import type { NativeCall } from '../interpreter.ts';
import { checkLength, pyBool, pyInt, pyList, pyStr, pyTuple, raise, rawItems, undecidable } from '../make.ts';
import { integerOf, iterate, onlyArguments, optional, required, textOf } from '../native-arguments.ts';
import type { PyValue } from '../value.ts';
import { isPythonSpace } from '../whitespace.ts';

type Method = (self: TracedText, call: NativeCall) => PyValue;

/** The methods of `str` that are evaluated (library reference, String Methods). */
export const STRING_METHODS: Readonly<Record<string, Method>> = {
  join: (self, call) => {
    const parts = iterate(required(call, 0), call).map((part) => textOf(part, call));
    checkLength(
      parts.reduce((sum, part) => sum + part.length + self.length, 0),
      call.at,
    );
    return pyStr(joinTexts(self, parts), call.at);
  },
  format: braceFormat,
  replace,
  split,
  rpartition,
  strip: (self, call) => strip(self, call, 'both'),
  lstrip: (self, call) => strip(self, call, 'start'),
  rstrip: (self, call) => strip(self, call, 'end'),
  startswith: (self, call) => affix(call, (part) => self.toString().startsWith(part)),
  endswith: (self, call) => affix(call, (part) => self.toString().endsWith(part)),
  lower: (self, call) => changeCase(self, call, (character) => character.toLowerCase()),
  upper: (self, call) => changeCase(self, call, (character) => character.toUpperCase()),
  count: (self, call) => {
    onlyArguments(call, 1);
    return pyInt(splitText(self, separatorOf(call, 0)).length - 1);
  },
};

function replace(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 3);
  const searched = textOf(required(call, 0), call).toString();
  if (searched === '') undecidable('replace() of an empty text', call.at);
  const replacement = textOf(required(call, 1), call);
  const count = optional(call, 2);
  const limit = count === undefined ? Number.POSITIVE_INFINITY : limitOf(integerOf(count, call));
  const found = Math.min(limit, self.toString().split(searched).length - 1);
  checkLength(self.length + found * replacement.length, call.at);
  call.interpreter.spend(found * (1 + replacement.slices.length));
  return pyStr(replaceText(self, searched, replacement, limit), call.at);
}

function split(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 2, ['sep', 'maxsplit']);
  const separator = optional(call, 0, 'sep');
  const most = optional(call, 1, 'maxsplit');
  const limit = most === undefined ? Number.POSITIVE_INFINITY : limitOf(integerOf(most, call));
  const parts =
    separator === undefined || separator.kind === 'none'
      ? splitAtBlanks(self, limit)
      : splitText(self, nonEmpty(textOf(separator, call).toString(), call), limit);
  call.interpreter.spend(parts.length);
  return pyList(
    parts.map((part) => pyStr(part, call.at)),
    call.at,
  );
}

function splitAtBlanks(self: TracedText, limit: number): TracedText[] {
  const words: TracedText[] = [];
  const characters = self.toString();
  let at = 0;
  const skip = (blanks: boolean) => {
    while (at < characters.length && isPythonSpace(characters.charAt(at)) === blanks) at += 1;
  };
  for (skip(true); at < characters.length; skip(true)) {
    const from = at;
    if (words.length === limit) return [...words, self.slice(from)];
    skip(false);
    words.push(self.slice(from, at));
  }
  return words;
}

function rpartition(self: TracedText, call: NativeCall): PyValue {
  const separator = separatorOf(call, 0);
  const at = self.toString().lastIndexOf(separator);
  const parts =
    at === -1
      ? [TracedText.empty, TracedText.empty, self]
      : [self.slice(0, at), self.slice(at, at + separator.length), self.slice(at + separator.length)];
  return pyTuple(
    parts.map((part) => pyStr(part, call.at)),
    call.at,
  );
}

function strip(self: TracedText, call: NativeCall, sides: 'both' | 'start' | 'end'): PyValue {
  onlyArguments(call, 1);
  const characters = optional(call, 0);
  if (characters === undefined || characters.kind === 'none') {
    return pyStr(stripText(self, isPythonSpace, sides), call.at);
  }
  const stripped = textOf(characters, call).toString();
  if (/[\ud800-\udfff]/.test(stripped)) undecidable('characters beyond the basic plane in strip()', call.at);
  return pyStr(
    stripText(self, (character) => stripped.includes(character), sides),
    call.at,
  );
}

function affix(call: NativeCall, holds: (part: string) => boolean): PyValue {
  onlyArguments(call, 1);
  const parts = required(call, 0);
  const choices = parts.kind === 'tuple' ? rawItems(parts) : [parts];
  return pyBool(choices.some((choice) => holds(textOf(choice, call).toString())));
}

function changeCase(self: TracedText, call: NativeCall, change: (character: string) => string): PyValue {
  onlyArguments(call, 0);
  // Some letters depend on their neighbours (final sigma) or on Python's Unicode version.
  if (!/^[\0-\x7f]*$/.test(self.toString())) undecidable('the case of letters beyond ASCII', call.at);
  return pyStr(recodeText(self, change), call.at);
}

function separatorOf(call: NativeCall, index: number): string {
  return nonEmpty(textOf(required(call, index), call).toString(), call);
}

function nonEmpty(separator: string, call: NativeCall): string {
  return separator === '' ? raise('ValueError', 'empty separator', call.at) : separator;
}

/** A negative count means no limit. */
function limitOf(count: number): number {
  return count < 0 ? Number.POSITIVE_INFINITY : count;
}
