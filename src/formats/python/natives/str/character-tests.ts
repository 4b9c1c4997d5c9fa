import type { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { pyBool, undecidable } from '../../make.ts';
import { onlyArguments } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { isPythonSpace } from '../../whitespace.ts';

type Test = (text: string) => boolean;

/** `isdigit` and its like, for ASCII; `isspace`, `isascii` and `isalpha` for any text. */
const TESTS: Readonly<Record<string, Test>> = {
  isalnum: (text) => /^[0-9A-Za-z]+$/.test(text),
  isalpha: (text) => /^\p{L}+$/u.test(text),
  isascii: (text) => /^[\0-\x7f]*$/.test(text),
  isdecimal: (text) => /^[0-9]+$/.test(text),
  isdigit: (text) => /^[0-9]+$/.test(text),
  isidentifier: (text) => /^[A-Za-z_][0-9A-Za-z_]*$/.test(text),
  islower: (text) => /[a-z]/.test(text) && !/[A-Z]/.test(text),
  isnumeric: (text) => /^[0-9]+$/.test(text),
  isprintable: (text) => /^[ -~]*$/.test(text),
  isspace: (text) => text !== '' && Array.from(text).every(isPythonSpace),
  istitle: (text) =>
    /[A-Za-z]/.test(text) && !/[A-Za-z][A-Z]/.test(text) && !/(?:^|[^A-Za-z])[a-z]/.test(text),
  isupper: (text) => /[A-Z]/.test(text) && !/[a-z]/.test(text),
};
const FOR_ANY_TEXT: ReadonlySet<string> = new Set(['isalpha', 'isascii', 'isspace']);

export const CHARACTER_TESTS: Readonly<Record<string, (self: TracedText, call: NativeCall) => PyValue>> =
  Object.fromEntries(
    Object.entries(TESTS).map(([name, holds]) => [
      name,
      (self: TracedText, call: NativeCall) => {
        onlyArguments(call, 0);
        const text = self.toString();
        if (!FOR_ANY_TEXT.has(name) && !/^[\0-\x7f]*$/.test(text)) {
          undecidable(`${name}() of a text beyond ASCII`, call.at);
        }
        return pyBool(holds(text));
      },
    ]),
  );
