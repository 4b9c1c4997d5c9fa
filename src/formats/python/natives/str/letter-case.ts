import { recodeText } from '../../../../text/recode.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { pyStr, undecidable } from '../../make.ts';
import { onlyArguments } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

export type CaseChange = 'lower' | 'upper' | 'swapcase' | 'capitalize' | 'title' | 'casefold';

/** The text with its letters in another case. */
export function changeCase(self: TracedText, call: NativeCall, change: CaseChange): PyValue {
  onlyArguments(call, 0);
  checkLetters(self.toString(), change, call);
  call.interpreter.spend(self.length >> 4);
  let before = '';
  const encode = (character: string): string => {
    const isFirst = change === 'capitalize' ? before === '' : !/[A-Za-z]$/.test(before);
    before = character;
    switch (change) {
      case 'lower':
      case 'casefold':
        return character.toLowerCase();
      case 'upper':
        return character.toUpperCase();
      case 'swapcase':
        return character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
      case 'capitalize':
      case 'title':
        return isFirst ? character.toUpperCase() : character.toLowerCase();
    }
  };
  return pyStr(recodeText(self, encode), call.at);
}

/** Some letters depend on their neighbours (final sigma), have a title case, or change with Unicode's version. */
function checkLetters(text: string, change: CaseChange, call: NativeCall): void {
  const known = change === 'lower' || change === 'upper' ? /^[\0-\u024f]*$/ : /^[\0-\x7f]*$/;
  if (!known.test(text)) undecidable('the case of letters beyond the Latin ones', call.at);
}
