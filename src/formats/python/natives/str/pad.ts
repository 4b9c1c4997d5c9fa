import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { checkLength, pyStr, raise } from '../../make.ts';
import { integerOf, onlyArguments, optional, required, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { pointsIn } from './code-points.ts';
import { replaceCharacters } from './replace-characters.ts';

/** `ljust`, `rjust` and `center`. */
export function pad(self: TracedText, call: NativeCall, side: 'left' | 'right' | 'both'): PyValue {
  onlyArguments(call, 2);
  const width = integerOf(required(call, 0), call);
  const given = optional(call, 1);
  const fill = given === undefined ? derived(' ', call) : textOf(given, call);
  if (pointsIn(fill.toString()) !== 1) {
    raise('TypeError', 'The fill character must be exactly one character long', call.at);
  }
  const missing = Math.max(0, width - pointsIn(self.toString()));
  checkLength(self.length + missing * fill.length, call.at);
  call.interpreter.spend(missing);
  // CPython gives the odd one to the left where the width is odd too.
  const before = side === 'left' ? missing : side === 'both' ? (missing >> 1) + (missing & width & 1) : 0;
  return pyStr(TracedText.concat([times(fill, before), self, times(fill, missing - before)]), call.at);
}

export function fillWithZeros(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const missing = Math.max(0, integerOf(required(call, 0), call) - pointsIn(self.toString()));
  checkLength(self.length + missing, call.at);
  const sign = /^[-+]/.test(self.toString()) ? 1 : 0;
  const zeros = derived('0'.repeat(missing), call);
  return pyStr(TracedText.concat([self.slice(0, sign), zeros, self.slice(sign)]), call.at);
}

export function expandTabs(self: TracedText, call: NativeCall): PyValue {
  onlyArguments(call, 1, ['tabsize']);
  const given = optional(call, 0, 'tabsize');
  const size = given === undefined ? 8 : integerOf(given, call);
  checkLength(self.length * Math.max(1, Math.min(size, 1_000_000)), call.at);
  call.interpreter.spend(self.length >> 2);
  let column = 0;
  const expanded = replaceCharacters(self, (character) => {
    if (character !== '\t') {
      column = character === '\n' || character === '\r' ? 0 : column + 1;
      return undefined;
    }
    const blanks = size > 0 ? size - (column % size) : 0;
    column += blanks;
    return derived(' '.repeat(blanks), call);
  });
  return pyStr(expanded, call.at);
}

function times(text: TracedText, count: number): TracedText {
  return TracedText.concat(Array.from({ length: count }, () => text));
}

function derived(text: string, call: NativeCall): TracedText {
  return TracedText.from(text, { kind: 'derived', rule: call.at.text, place: call.at.place });
}
