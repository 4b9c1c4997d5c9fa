import { isProgram } from '../formats/command-line/is-program.ts';
import { parseCommandLines } from '../formats/command-line/parse-command-line.ts';
import { readWords } from '../formats/command-line/read-words.ts';
import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';
import { TracedText } from '../text/traced-text.ts';
import type { ServiceEnvironment } from './environment.ts';
import { findProgram } from './find-program.ts';
import type { LoadedUnit } from './load-unit.ts';
import { expandSpecifiers } from './specifiers.ts';

/** A command of the unit with specifiers and variables put in. */
export interface ServiceCommand {
  readonly directive: string;
  readonly place: Place;
  readonly prefixes: string;
  /** The program first. A variable that is its own word may have become several words, or none. */
  readonly words: readonly TracedText[];
}

const DIRECTIVES = new Set([
  'ExecCondition',
  'ExecStartPre',
  'ExecStart',
  'ExecStartPost',
  'ExecReload',
  'ExecStop',
  'ExecStopPost',
]);

/**
 * The `Exec…=` commands that count: an empty assignment voids the earlier ones of its directive.
 * `${NAME}` is put in as it is, `$NAME` as a word of its own is split into words, `$$` is a dollar sign. A
 * program without a slash is taken from systemd's own search path, not from PATH of the unit.
 * Source: systemd.service(5), COMMAND LINES; replace_env_argv() in src/basic/env-util.c of systemd 252.
 */
export function readCommands(
  host: Host,
  unit: LoadedUnit,
  environment: ServiceEnvironment,
): ServiceCommand[] {
  return writtenCommands(host, unit).map((command): ServiceCommand => {
    const [program, ...args] = command.words;
    const words = [...(program === undefined ? [] : [absolute(host, program)]), ...args];
    const expanded = command.prefixes.includes(':')
      ? words
      : words.flatMap((word) => expandVariables(word, environment));
    return { ...command, words: expanded };
  });
}

/** Likewise, before variables are put in and the program is looked for: as systemd tells them over D-Bus. */
export function writtenCommands(host: Host, unit: LoadedUnit): ServiceCommand[] {
  const commands = new Map<string, ServiceCommand[]>();
  for (const { section, key, place, value } of unit.assignments) {
    if (section !== 'Service' || !DIRECTIVES.has(key)) continue;
    if (value.length === 0) {
      commands.set(key, []);
      continue;
    }
    const all = parseCommandLines(value).map(({ prefixes, words }): ServiceCommand => {
      const expanded = words.map((word) => expandSpecifiers(host, unit.name, word).text);
      return { directive: key, place, prefixes, words: expanded };
    });
    // At a program that can be none systemd leaves the line.
    const bad = all.findIndex(({ words }) => !isProgram(String(words[0] ?? '')));
    const found = bad === -1 ? all : all.slice(0, bad);
    commands.set(key, [...(commands.get(key) ?? []), ...found]);
  }
  return [...commands.values()].flat();
}

/** The program by its path, with the origin it has in the unit; as it is when it is not found. */
function absolute(host: Host, program: TracedText): TracedText {
  const name = program.toString();
  const origin = program.slices[0]?.origin;
  if (name.includes('/') || origin === undefined) return program;
  const path = findProgram(host, name);
  if (path === undefined) return program;
  return TracedText.from(path, origin.kind === 'literal' ? { ...origin, verbatim: false } : origin);
}

function expandVariables(word: TracedText, environment: ServiceEnvironment): TracedText[] {
  const text = word.toString();
  const valueOf = (name: string): TracedText => environment.effective.get(name)?.value ?? TracedText.empty;
  const whole = /^\$(?![{$])(.*)$/s.exec(text)?.[1];
  if (whole !== undefined) return readWords(valueOf(whole), 'value').words.map((part) => part.text);
  const parts: TracedText[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\$|\$\{([^{}]*)\}/g)) {
    parts.push(word.slice(from, match.index));
    from = match.index + match[0].length;
    parts.push(match[1] === undefined ? word.slice(match.index, match.index + 1) : valueOf(match[1]));
  }
  parts.push(word.slice(from));
  return [TracedText.concat(parts)];
}
