import { TracedText } from '../../text/traced-text.ts';

/** One command of an `ExecStart=`: its prefixes and its words, before variables are put in. */
export interface CommandLine {
  /** Of `@ - : + ! !!`, as written. */
  readonly prefixes: string;
  readonly words: readonly TracedText[];
}

/**
 * Splits the value of an `Exec…=` directive into commands and words: single and double quotes group, a
 * backslash escapes, ` ; ` separates commands. Source: systemd.service(5), COMMAND LINES; extract-word.c.
 */
export function parseCommandLines(value: TracedText): CommandLine[] {
  const commands: CommandLine[] = [];
  let words: TracedText[] = [];
  const finish = (): void => {
    const command = toCommand(words);
    if (command !== undefined) commands.push(command);
    words = [];
  };
  for (const word of splitWords(value)) {
    if (word.bare && word.text.toString() === ';') finish();
    else words.push(word.text.toString() === '\\;' ? word.text.slice(1) : word.text);
  }
  finish();
  return commands;
}

interface Word {
  readonly text: TracedText;
  /** Not quoted anywhere. */
  readonly bare: boolean;
}

/** The words of a value that lists words (`Environment=`, `PassEnvironment=`, …), quotes removed. */
export function splitWords(value: TracedText): Word[] {
  const text = value.toString();
  const words: Word[] = [];
  let parts: TracedText[] = [];
  let inWord = false;
  let bare = true;
  let quote = '';
  const end = (): void => {
    if (inWord) words.push({ text: TracedText.concat(parts), bare });
    parts = [];
    inWord = false;
    bare = true;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === '' && /\s/.test(character)) {
      end();
      continue;
    }
    inWord = true;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      bare = false;
    } else if (character === '\\' && at + 1 < text.length && text.charAt(at + 1) !== ';') {
      at += 1;
      parts.push(unescape(value.slice(at, at + 1)));
    } else parts.push(value.slice(at, at + 1));
  }
  end();
  return words.map((word) => ({ ...word, text: merged(word.text) }));
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  s: ' ',
};

function unescape(character: TracedText): TracedText {
  const origin = character.slices[0]?.origin;
  const plain = ESCAPES[character.toString()];
  if (plain === undefined || origin === undefined) return character;
  return TracedText.from(plain, origin.kind === 'literal' ? { ...origin, verbatim: false } : origin);
}

/** Joins neighbours that stand side by side in one file, so that a plain word is one slice. */
function merged(text: TracedText): TracedText {
  const out: TracedText['slices'][number][] = [];
  for (const slice of text.slices) {
    const last = out.at(-1);
    const joins =
      last !== undefined &&
      last.origin.kind === 'literal' &&
      slice.origin.kind === 'literal' &&
      last.origin.verbatim &&
      slice.origin.verbatim &&
      last.via === slice.via &&
      last.origin.place.line === slice.origin.place.line &&
      last.origin.place.column + last.text.length === slice.origin.place.column;
    if (joins) out[out.length - 1] = { ...last, text: last.text + slice.text };
    else out.push(slice);
  }
  return TracedText.of(out);
}

function toCommand(words: readonly TracedText[]): CommandLine | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const prefixes = /^[-@:+!|]*/.exec(first.toString())?.[0] ?? '';
  return { prefixes, words: [first.slice(prefixes.length), ...rest] };
}
