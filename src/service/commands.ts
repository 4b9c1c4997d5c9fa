import { parseCommandLines } from '../formats/command-line/parse-command-line.ts';
import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';
import { TracedText } from '../text/traced-text.ts';
import type { ServiceEnvironment } from './environment.ts';
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
 * `${NAME}` is put in as it is, `$NAME` as a word of its own is split at blanks, `$$` is a dollar sign.
 * Source: systemd.service(5), COMMAND LINES.
 */
export function readCommands(
  host: Host,
  unit: LoadedUnit,
  environment: ServiceEnvironment,
): ServiceCommand[] {
  const commands = new Map<string, ServiceCommand[]>();
  for (const { section, key, place, value } of unit.assignments) {
    if (section !== 'Service' || !DIRECTIVES.has(key)) continue;
    if (value.length === 0) {
      commands.set(key, []);
      continue;
    }
    const found = parseCommandLines(value).map((command): ServiceCommand => {
      const words = command.words.map((word) => expandSpecifiers(host, unit.name, word).text);
      const expanded = command.prefixes.includes(':')
        ? words
        : words.flatMap((word) => expandVariables(word, environment));
      return { directive: key, place, prefixes: command.prefixes, words: expanded };
    });
    commands.set(key, [...(commands.get(key) ?? []), ...found]);
  }
  return [...commands.values()].flat();
}

function expandVariables(word: TracedText, environment: ServiceEnvironment): TracedText[] {
  const text = word.toString();
  const whole = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
  if (whole !== undefined) return splitAtBlanks(environment.effective.get(whole)?.value ?? TracedText.empty);
  const parts: TracedText[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)/g)) {
    parts.push(word.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[1] ?? match[2];
    if (name === undefined) parts.push(word.slice(match.index, match.index + 1));
    else parts.push(environment.effective.get(name)?.value ?? TracedText.empty);
  }
  parts.push(word.slice(from));
  return [TracedText.concat(parts)];
}

function splitAtBlanks(value: TracedText): TracedText[] {
  return [...value.toString().matchAll(/\S+/g)].map((match) =>
    value.slice(match.index, match.index + match[0].length),
  );
}
