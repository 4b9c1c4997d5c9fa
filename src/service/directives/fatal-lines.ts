import { isProgram } from '../../formats/command-line/is-program.ts';
import { parseCommandLines } from '../../formats/command-line/parse-command-line.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { TracedText } from '../../text/traced-text.ts';
import { parseBoolean } from './kinds/boolean.ts';
import { simplePath } from './kinds/path.ts';

/**
 * Directives whose bad value makes systemd refuse the file: a unit isn't loaded then, of a drop-in all that stands
 * behind the line is lost. Source: the lines with `true` in load-fragment-gperf.gperf.in of systemd 252.
 */
export function isFatal({ section, key, value }: Assignment): boolean {
  if (section !== 'Service') return false;
  const text = value.toString();
  if (key === 'DynamicUser') return parseBoolean(text) === undefined;
  if (text === '') return false;
  if (COMMANDS.has(key)) return hasBadProgram(value);
  switch (key) {
    case 'WorkingDirectory':
      return !/^-?~$/.test(text) && simplePath(text.replace(/^-/, '')) === undefined;
    case 'RootDirectory':
    case 'RootImage':
    case 'RootVerity':
      return simplePath(text) === undefined;
    default:
      return false;
  }
}

const COMMANDS = new Set([
  'ExecCondition',
  'ExecStartPre',
  'ExecStart',
  'ExecStartPost',
  'ExecReload',
  'ExecStop',
  'ExecStopPost',
]);

/** Source: config_parse_exec() in src/core/load-fragment.c of systemd 252. */
function hasBadProgram(value: TracedText): boolean {
  const bad = parseCommandLines(value).find(({ words }) => !isProgram(String(words[0] ?? '')));
  return bad !== undefined && !bad.prefixes.includes('-');
}

/** The lines that count: those behind a fatal one of the same file don't. */
export function withoutLost(assignments: readonly Assignment[]): Assignment[] {
  const broken = new Map<string, number>();
  return assignments.filter((line) => {
    const { file } = line.place;
    if (broken.has(file)) return false;
    if (isFatal(line)) broken.set(file, line.place.line);
    return !broken.has(file);
  });
}
