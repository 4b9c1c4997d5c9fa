import type { Place } from '../../text/place.ts';
import { type Slice, TracedText } from '../../text/traced-text.ts';

export interface EnvironmentAssignment {
  readonly name: string;
  /** Of the name. */
  readonly place: Place;
  readonly value: TracedText;
}

export interface EnvironmentFileProblem {
  readonly place: Place;
  readonly message: string;
}

export interface EnvironmentFile {
  readonly path: string;
  /** In order; of two with one name the later counts. */
  readonly assignments: readonly EnvironmentAssignment[];
  /** What systemd drops, and why. */
  readonly problems: readonly EnvironmentFileProblem[];
  /** Why systemd refuses the file as a whole; absent when it takes it. */
  readonly refused?: string;
}

type State =
  | 'before-key'
  | 'key'
  | 'before-value'
  | 'value'
  | 'value-escape'
  | 'single-quoted'
  | 'double-quoted'
  | 'double-quoted-escape'
  | 'comment'
  | 'comment-escape';

/**
 * Reads an `EnvironmentFile=` by the state machine of systemd's parse_env_file_internal(): quotes count only
 * at the start of a value or after another quoted part, a backslash escapes one character outside quotes and
 * only `"`, `\`, backtick and `$` inside double quotes, trailing blanks of an unquoted value are dropped.
 * Source: systemd.exec(5); src/basic/env-file.c of systemd 252. A byte order mark belongs to the first name; a name or value
 * that is not UTF-8 or a NUL byte anywhere makes systemd refuse the whole file.
 */
export function readEnvironmentFile(path: string, bytes: Uint8Array): EnvironmentFile {
  const refused = (reason: string): EnvironmentFile => ({
    path,
    assignments: [],
    problems: [],
    refused: `${reason}, so systemd takes nothing of the file`,
  });
  if (bytes.includes(0)) return refused('there is a NUL byte in it');
  const { file, read } = parse(path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const hasBadBytes = read.some((text) => text.includes(REPLACEMENT)) && !isUtf8(bytes);
  return hasBadBytes ? refused('a name or value is not UTF-8') : file;
}

const REPLACEMENT = '\uFFFD';

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** As `readEnvironmentFile`, of text. */
export function parseEnvironmentFile(path: string, content: string): EnvironmentFile {
  return parse(path, content).file;
}

/** `read`: every name and value that systemd looks at, also of the lines that it drops. */
function parse(path: string, content: string): { file: EnvironmentFile; read: readonly string[] } {
  const read: string[] = [];
  const assignments: EnvironmentAssignment[] = [];
  const problems: EnvironmentFileProblem[] = [];
  let state: State = 'before-key';
  let key = '';
  let keyPlace: Place = { file: path, line: 1, column: 1 };
  let value = new ValueBuilder();
  let line = 1;
  let column = 0;

  const finish = (): void => {
    const name = key.replace(/[ \t\n\r]+$/, '');
    const built = value.build(state === 'value');
    read.push(name, built.toString());
    if (VARIABLE_NAME.test(name)) assignments.push({ name, place: keyPlace, value: built });
    else
      problems.push({ place: keyPlace, message: `'${name}' is not a variable name, systemd drops the line` });
    key = '';
    value = new ValueBuilder();
  };

  for (const character of content) {
    column += 1;
    const place: Place = { file: path, line, column };
    const isBreak = character === '\n' || character === '\r';
    switch (state) {
      case 'before-key':
        if (character === '#' || character === ';') state = 'comment';
        else if (!BLANK.test(character)) {
          state = 'key';
          key = character;
          keyPlace = place;
        }
        break;
      case 'key':
        if (isBreak) {
          problems.push({ place: keyPlace, message: "there is no '=' in the line, systemd drops it" });
          state = 'before-key';
          key = '';
        } else if (character === '=') state = 'before-value';
        else key += character;
        break;
      case 'before-value':
        if (isBreak) {
          finish();
          state = 'before-key';
        } else if (character === "'") state = 'single-quoted';
        else if (character === '"') state = 'double-quoted';
        else if (character === '\\') state = 'value-escape';
        else if (!BLANK.test(character)) {
          state = 'value';
          value.push(character, place);
        }
        break;
      case 'value':
        if (isBreak) {
          finish();
          state = 'before-key';
        } else if (character === '\\') {
          state = 'value-escape';
          value.keepAll();
        } else value.push(character, place);
        break;
      case 'value-escape':
        state = 'value';
        if (!isBreak) value.pushEscaped(character, place);
        break;
      case 'single-quoted':
        if (character === "'") state = 'before-value';
        else value.pushEscaped(character, place);
        break;
      case 'double-quoted':
        if (character === '"') state = 'before-value';
        else if (character === '\\') state = 'double-quoted-escape';
        else value.pushEscaped(character, place);
        break;
      case 'double-quoted-escape':
        state = 'double-quoted';
        if ('"\\`$'.includes(character)) value.pushEscaped(character, place);
        else if (character !== '\n') {
          value.pushEscaped('\\', { ...place, column: place.column - 1 });
          value.pushEscaped(character, place);
        }
        break;
      case 'comment':
        if (character === '\\') state = 'comment-escape';
        else if (isBreak) state = 'before-key';
        break;
      case 'comment-escape':
        state = 'comment';
        break;
    }
    column += character.length - 1;
    if (character === '\n') {
      line += 1;
      column = 0;
    }
  }
  if (state !== 'before-key' && state !== 'key' && state !== 'comment' && state !== 'comment-escape')
    finish();
  return { file: { path, assignments, problems }, read };
}

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const BLANK = /[ \t\n\r]/;

/** Collects a value character by character, each with its place; remembers which blanks may be dropped. */
class ValueBuilder {
  readonly #slices: { text: string; place: Place; end: Place }[] = [];
  /** Length up to the last character that trailing-blank removal must keep. */
  #keep = 0;
  #length = 0;

  push(character: string, place: Place): void {
    this.#append(character, place);
    if (!BLANK.test(character)) this.#keep = this.#length;
  }

  /** A character that was quoted or escaped: never dropped. */
  pushEscaped(character: string, place: Place): void {
    this.#append(character, place);
    this.#keep = this.#length;
  }

  /** Blanks before a backslash are no trailing blanks, whatever follows. */
  keepAll(): void {
    this.#keep = this.#length;
  }

  build(dropTrailingBlanks: boolean): TracedText {
    const slices: Slice[] = this.#slices.map(({ text, place }) => ({
      text,
      origin: { kind: 'literal', place, verbatim: true },
      via: undefined,
    }));
    const whole = TracedText.of(slices);
    return dropTrailingBlanks ? whole.slice(0, this.#keep) : whole;
  }

  #append(character: string, place: Place): void {
    this.#length += character.length;
    const last = this.#slices.at(-1);
    if (last !== undefined && last.end.line === place.line && last.end.column === place.column) {
      last.text += character;
      last.end = after(place, character);
    } else this.#slices.push({ text: character, place, end: after(place, character) });
  }
}

function after(place: Place, character: string): Place {
  return character === '\n'
    ? { ...place, line: place.line + 1, column: 1 }
    : { ...place, column: place.column + character.length };
}
