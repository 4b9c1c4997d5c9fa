import { recodeText } from '../../../text/recode.ts';
import { TracedText } from '../../../text/traced-text.ts';
import type { NativeCall } from '../interpreter.ts';
import { checkLength, pyStr, undecidable } from '../make.ts';
import { onlyArguments, required, textOf } from '../native-arguments.ts';
import type { PyValue } from '../value.ts';

const WIDTH = 80;
const INDENT = '  ';

/**
 * `yaml.dump(text)` of a text of several lines, as PyYAML lays it out (emitter.py of 3.11 to 6.0): in single
 * quotes, or in double quotes where blanks meet a line feed or a character is not printable ASCII.
 */
export function yamlDump(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const text = textOf(required(call, 0), call);
  const plain = text.toString();
  if (!plain.includes('\n')) undecidable('yaml.dump() of anything but a text of several lines', call.at);
  const isSimple = /^[\n -~]*$/.test(plain) && !plain.includes('\n ') && !plain.includes(' \n');
  const characters = Array.from(plain);
  const spelled = isSimple ? singleQuoted(characters) : doubleQuoted(characters);
  checkLength(
    spelled.reduce((sum, part) => sum + part.length, 0),
    call.at,
  );
  let index = 0;
  const added = (mark: string) =>
    TracedText.from(mark, { kind: 'derived', rule: call.at.text, place: call.at.place });
  const quote = isSimple ? "'" : '"';
  const inside = recodeText(text, (character) => spelled[index++] ?? character);
  return pyStr(TracedText.concat([added(quote), inside, added(`${quote}\n`)]), call.at);
}

/** What each character is written as. A line feed is written twice, and a long line is broken at a blank. */
function singleQuoted(characters: readonly string[]): string[] {
  let column = 1;
  return characters.map((character, index) => {
    const before = characters[index - 1];
    const after = characters[index + 1];
    if (character === '\n') {
      column = INDENT.length;
      return (before === '\n' ? '\n' : '\n\n') + (after === '\n' ? '' : INDENT);
    }
    const isAlone = character === ' ' && before !== ' ' && after !== ' ';
    if (isAlone && column > WIDTH && before !== undefined && after !== undefined) {
      column = INDENT.length;
      return `\n${INDENT}`;
    }
    column += character === "'" ? 2 : 1;
    return character === "'" ? "''" : character;
  });
}

/** What each character is written as: escapes, and a backslash before a line feed where a line gets too long. */
function doubleQuoted(characters: readonly string[]): string[] {
  const spelled: string[] = [];
  let written = 1; // the column behind what was put out
  let start = 0; // the first character that wasn't
  for (const [index, character] of characters.entries()) {
    const escape = escaped(character);
    if (escape !== undefined) {
      written += Math.max(0, index - start) + escape.length;
      start = index + 1;
    }
    spelled.push(escape ?? character);
    const mayBreak = index > 0 && index < characters.length - 1 && (character === ' ' || start >= index);
    if (!mayBreak || written + index - start <= WIDTH) continue;
    start = Math.max(start, index);
    const guard = characters[start] === ' ' ? '\\' : '';
    const lineBreak = `\\\n${INDENT}${guard}`;
    written = INDENT.length + guard.length;
    spelled[index] = start > index ? (escape ?? character) + lineBreak : lineBreak + (escape ?? character);
  }
  return spelled;
}

const NAMED: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string): string | undefined {
  const named = NAMED[character];
  if (named !== undefined) return `\\${named}`;
  if (/^[ -~]$/.test(character)) return undefined;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
