import { readWords } from '../formats/command-line/read-words.ts';
import type { Assignment, UnitProblem } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';
import type { TracedText } from '../text/traced-text.ts';
import type { Variable } from './environment-layer.ts';
import { expandSpecifiers } from './specifiers.ts';

interface Read {
  /** What systemd ignores of the line. */
  readonly problems: readonly UnitProblem[];
  /** Specifiers that only the running system knows. */
  readonly unresolved: readonly string[];
}

/** An `Environment=` line. Source: config_parse_environ() in src/core/load-fragment.c of systemd 252. */
export function readVariables(
  host: Host,
  unitName: string,
  line: Assignment,
): Read & { readonly variables: readonly Variable[] } {
  const { words, problems, unresolved } = readEntries(host, unitName, line);
  const variables: Variable[] = [];
  for (const { text, place } of words) {
    const equals = text.toString().indexOf('=');
    const name = text.slice(0, Math.max(0, equals)).toString();
    if (VARIABLE_NAME.test(name)) variables.push({ name, place, value: text.slice(equals + 1) });
    else {
      const message =
        equals === -1
          ? `there is a word without '=' in ${line.key}=, systemd ignores it`
          : `'${name}' is not a variable name, systemd ignores the assignment`;
      problems.push({ place, message, fatal: false });
    }
  }
  return { variables, problems, unresolved };
}

/** A `PassEnvironment=` or `UnsetEnvironment=` line: names, or in the latter `NAME=VALUE` too. */
export function readNames(
  host: Host,
  unitName: string,
  line: Assignment,
): Read & { readonly entries: readonly string[] } {
  const { words, problems, unresolved } = readEntries(host, unitName, line);
  const entries: string[] = [];
  for (const { text, place } of words) {
    const entry = text.toString();
    const name = line.key === 'UnsetEnvironment' ? (entry.split('=')[0] ?? '') : entry;
    if (VARIABLE_NAME.test(name)) entries.push(entry);
    else
      problems.push({ place, message: `'${name}' is not a variable name, systemd ignores it`, fatal: false });
  }
  return { entries, problems, unresolved };
}

/** An `EnvironmentFile=` line; `path` is undefined for a line that systemd ignores. */
export function readFileName(
  host: Host,
  unitName: string,
  line: Assignment,
): Read & { readonly path: string | undefined; readonly optional: boolean } {
  const { text, unresolved, unknown } = expandSpecifiers(host, unitName, line.value);
  const optional = text.toString().startsWith('-');
  const path = text.toString().slice(optional ? 1 : 0);
  const reason =
    unknown[0] !== undefined
      ? `${unknown[0]} is no specifier`
      : !path.startsWith('/')
        ? 'the path is not absolute'
        : path.split('/').some((component) => component === '.' || component === '..')
          ? "there is a '.' or '..' in the path"
          : undefined;
  if (reason === undefined) return { path, optional, problems: [], unresolved };
  const message = `EnvironmentFile=: ${reason}, systemd ignores the line`;
  return { path: undefined, optional, problems: [{ place: line.place, message, fatal: false }], unresolved };
}

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Entry {
  readonly text: TracedText;
  readonly place: Place;
}

function readEntries(
  host: Host,
  unitName: string,
  line: Assignment,
): { words: Entry[]; problems: UnitProblem[]; unresolved: string[] } {
  const words: Entry[] = [];
  const problems: UnitProblem[] = [];
  const unresolved: string[] = [];
  const read = readWords(line.value, 'list');
  for (const { text: written, isUtf8 } of read.words) {
    const origin = written.slices[0]?.origin;
    const place = origin?.kind === 'literal' ? origin.place : line.place;
    // systemd passes the names of PassEnvironment= on as they stand.
    const expanded =
      line.key === 'PassEnvironment'
        ? { text: written, unresolved: [], unknown: [] }
        : expandSpecifiers(host, unitName, written);
    unresolved.push(...expanded.unresolved);
    const [unknown] = expanded.unknown;
    const reason =
      unknown !== undefined
        ? `${unknown} is no specifier (a percent sign is %%)`
        : isUtf8
          ? undefined
          : 'a value is not UTF-8';
    if (reason === undefined) words.push({ text: expanded.text, place });
    else problems.push({ place, message: `${line.key}=: ${reason}, systemd ignores it`, fatal: false });
  }
  if (read.fault !== undefined) {
    const message = `${line.key}=: ${read.fault}; systemd ignores the line from there on`;
    problems.push({ place: line.place, message, fatal: false });
  }
  return { words, problems, unresolved };
}
