import { type Anchor, type GroupSpan, MatchTooLong, type Search, findMatch } from './match-pattern.ts';
import { PatternFault, parsePattern } from './parse-pattern.ts';
import type { ParsedPattern } from './pattern.ts';
import { isTrue } from '../../compare-values.ts';
import type { NativeCall, NativeFunction } from '../../interpreter.ts';
import { NONE, derivedStr, pyInt, pyList, pyTuple, raise, undecidable } from '../../make.ts';
import { integerOf, onlyArguments, required, textOf, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** What the prelude's `re` is made of: `_re.groups` checks a pattern, `_re.find` looks for it. */
export const RE_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  '_re.groups': (call) => {
    onlyArguments(call, 2);
    const pattern = parsed(call);
    const names = Array.from(pattern.names, ([name, index]) =>
      pyTuple([derivedStr(name, call.at), pyInt(index)], call.at),
    );
    return pyTuple([pyInt(pattern.groups), pyList(names, call.at)], call.at);
  },
  '_re.find': (call) => {
    onlyArguments(call, 6);
    const pattern = parsed(call);
    const searched = required(call, 2);
    if (searched.kind !== 'str') {
      return raise('TypeError', `expected string or bytes-like object, got '${typeName(searched)}'`, call.at);
    }
    const characters = Array.from(searched.text.toString());
    call.interpreter.spend(1 + (characters.length >> 5));
    const from = Math.max(0, integerOf(required(call, 3), call));
    const anchor = anchorOf(textOf(required(call, 4), call).toString());
    const mustAdvance = isTrue(required(call, 5));
    return spansOf(found(pattern, characters, { from, anchor, mustAdvance }, call), call);
  },
};

function parsed(call: NativeCall): ParsedPattern {
  const text = textOf(required(call, 0), call).toString();
  call.interpreter.spend(1 + (text.length >> 2));
  try {
    return parsePattern(text, integerOf(required(call, 1), call));
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    return undecidable(
      `the regular expression ${text.slice(0, 60)} isn't followed: ${error.message}`,
      call.at,
    );
  }
}

function found(
  pattern: ParsedPattern,
  characters: readonly string[],
  search: Search,
  call: NativeCall,
): readonly GroupSpan[] | undefined {
  try {
    const { spans, steps } = findMatch(pattern, characters, search);
    call.interpreter.spend(steps >> 3);
    return spans;
  } catch (error) {
    if (!(error instanceof MatchTooLong)) throw error;
    return undecidable(`a regular expression ${error.message}`, call.at);
  }
}

function spansOf(spans: readonly GroupSpan[] | undefined, call: NativeCall): PyValue {
  if (spans === undefined) return NONE;
  return pyList(
    spans.map((span) =>
      pyTuple(
        (span ?? [-1, -1]).map((offset) => pyInt(offset)),
        call.at,
      ),
    ),
    call.at,
  );
}

function anchorOf(name: string): Anchor {
  return name === 'match' || name === 'fullmatch' ? name : 'search';
}
