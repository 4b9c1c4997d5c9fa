import { stripText } from '../../../text/strip.ts';
import type { TracedText } from '../../../text/traced-text.ts';
import { braceFormat } from '../brace-format.ts';
import type { NativeCall } from '../interpreter.ts';
import { entriesOf, pyStr, undecidable } from '../make.ts';
import { dictOf, onlyArguments, optional, required, textOf } from '../native-arguments.ts';
import type { PyValue } from '../value.ts';
import { isPythonSpace } from '../whitespace.ts';
import { CHARACTER_TESTS } from './str/character-tests.ts';
import { changeCase } from './str/letter-case.ts';
import { encode } from './str/encode.ts';
import { expandTabs, fillWithZeros, pad } from './str/pad.ts';
import { affix, count, find } from './str/search.ts';
import { join, partition, replace, split, splitLines } from './str/split.ts';
import { makeTranslation, translate } from './str/translate.ts';

type Method = (self: TracedText, call: NativeCall) => PyValue;

/** The methods of `str` (library reference, String Methods). */
export const STRING_METHODS: Readonly<Record<string, Method>> = {
  ...CHARACTER_TESTS,
  capitalize: (self, call) => changeCase(self, call, 'capitalize'),
  casefold: (self, call) => changeCase(self, call, 'casefold'),
  center: (self, call) => pad(self, call, 'both'),
  count,
  encode,
  endswith: (self, call) => affix(self, call, 'endsWith'),
  expandtabs: expandTabs,
  find: (self, call) => find(self, call, {}),
  format: braceFormat,
  format_map: (self, call) => {
    onlyArguments(call, 1);
    const fields = entriesOf(dictOf(required(call, 0), call), call).map(
      ({ key, value }) => [textOf(key, call).toString(), value] as const,
    );
    return braceFormat(self, { ...call, args: [], keywords: new Map(fields) });
  },
  index: (self, call) => find(self, call, { mustBeThere: true }),
  join,
  ljust: (self, call) => pad(self, call, 'right'),
  lower: (self, call) => changeCase(self, call, 'lower'),
  lstrip: (self, call) => strip(self, call, 'start'),
  maketrans: (_, call) => makeTranslation(call),
  partition: (self, call) => partition(self, call, false),
  removeprefix: (self, call) => {
    const prefix = affixOf(call);
    return pyStr(self.toString().startsWith(prefix) ? self.slice(prefix.length) : self, call.at);
  },
  removesuffix: (self, call) => {
    const suffix = affixOf(call);
    return pyStr(
      self.toString().endsWith(suffix) ? self.slice(0, self.length - suffix.length) : self,
      call.at,
    );
  },
  replace,
  rfind: (self, call) => find(self, call, { last: true }),
  rindex: (self, call) => find(self, call, { last: true, mustBeThere: true }),
  rjust: (self, call) => pad(self, call, 'left'),
  rpartition: (self, call) => partition(self, call, true),
  rsplit: (self, call) => split(self, call, true),
  rstrip: (self, call) => strip(self, call, 'end'),
  split,
  splitlines: splitLines,
  startswith: (self, call) => affix(self, call, 'startsWith'),
  strip: (self, call) => strip(self, call, 'both'),
  swapcase: (self, call) => changeCase(self, call, 'swapcase'),
  title: (self, call) => changeCase(self, call, 'title'),
  translate,
  upper: (self, call) => changeCase(self, call, 'upper'),
  zfill: fillWithZeros,
};

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

function affixOf(call: NativeCall): string {
  onlyArguments(call, 1);
  return textOf(required(call, 0), call).toString();
}
