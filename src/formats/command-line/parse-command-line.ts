import type { TracedText } from '../../text/traced-text.ts';
import { readWords, type Word } from './read-words.ts';

/** One command of an `ExecStart=`: its prefixes and its words, before variables are put in. */
export interface CommandLine {
  /** Of `@ - : + ! !!`, as written. */
  readonly prefixes: string;
  readonly words: readonly TracedText[];
}

/**
 * Splits the value of an `Exec…=` directive into commands and words: single and double quotes group, a
 * backslash escapes, ` ; ` separates commands. A command with a quote that is not closed is left out.
 * Source: systemd.service(5), COMMAND LINES; config_parse_exec() in src/core/load-fragment.c of systemd 252.
 */
export function parseCommandLines(value: TracedText): CommandLine[] {
  const commands: CommandLine[] = [];
  let words: TracedText[] = [];
  const finish = (): void => {
    const command = toCommand(words);
    if (command !== undefined) commands.push(command);
    words = [];
  };
  const read = readWords(value, 'command');
  for (const word of read.words) {
    if (word.bare && word.text.toString() === ';') finish();
    else words.push(word.text);
  }
  if (read.fault === undefined) finish();
  return commands;
}

/** The words of a value that lists words (`Environment=`, `PassEnvironment=`, …), up to a fault. */
export function splitWords(value: TracedText): readonly Word[] {
  return readWords(value, 'list').words;
}

function toCommand(words: readonly TracedText[]): CommandLine | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const prefixes = /^[-@:+!|]*/.exec(first.toString())?.[0] ?? '';
  return { prefixes, words: [first.slice(prefixes.length), ...rest] };
}
