import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { type Place, showPlace } from '../../text/place.ts';
import type { Configuration, ConfigurationLine } from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import type { HttpdScope } from './httpd-scope.ts';
import { type HttpdLine, parseHttpdConf } from './parse-httpd-conf.ts';

export interface HttpdConfiguration extends Configuration {
  /** What paths are relative to. */
  readonly root: string;
}

export interface HttpdStart {
  readonly root: string;
  readonly file: string;
  readonly namedBy: string;
  /** Directives of the command line: `-C` before the files, `-c` after them. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly command: Place;
  readonly scope: HttpdScope;
  /** The name of the source of a module, by which `<IfModule mod_lua.c>` asks for it. */
  readonly sourceOf: (file: string, structure: string) => string | undefined;
}

const MOST_FILES_OF_DIRECTORY = 1000;
const MOST_DIRECTORIES = 1000;
/** AP_MAX_INCLUDE_DIR_DEPTH of server/config.c: httpd does not start with a deeper one. */
const DEEPEST_DIRECTORY = 20;

/**
 * The configuration as httpd reads it when it starts: `Include` and `IncludeOptional` followed, sections that do not hold
 * left out (`IfModule`, `IfDefine`, `IfFile`, `IfVersion`), variables put in. Source: server/config.c, core.c of httpd 2.4.
 */
export function readHttpdConfiguration(host: Host, start: HttpdStart): HttpdConfiguration {
  const walk = new Walk(host, start);
  for (const text of start.before) walk.text(text);
  const file = posix.resolve(start.root, start.file);
  walk.reader.file(file, { how: start.namedBy }, (text) => walk.lines(parseHttpdConf(file, text), []));
  for (const text of start.after) walk.text(text);
  return { ...walk.reader.configuration, root: walk.root };
}

class Walk {
  readonly reader: ConfigurationReader;
  root: string;
  readonly #host: Host;
  #directories = 0;
  readonly #start: HttpdStart;

  constructor(host: Host, start: HttpdStart) {
    this.reader = new ConfigurationReader(host);
    this.root = start.root;
    this.#host = host;
    this.#start = start;
  }

  /** One directive of the command line. */
  text(text: string): void {
    const { command } = this.#start;
    const lines = parseHttpdConf(command.file, text).map((line) => ({
      ...line,
      place: command,
      words: line.words.map((word) => ({ ...word, place: command })),
    }));
    this.lines(lines, []);
  }

  lines(lines: readonly HttpdLine[], outer: readonly ConfigurationLine[]): void {
    const within = [...outer];
    for (let at = 0; at < lines.length; at += 1) {
      const written = lines[at];
      if (written === undefined) break;
      const { kind, name, place } = written;
      if (kind === 'close') {
        if (within.length > outer.length && within.at(-1)?.name === name) within.pop();
        continue;
      }
      const words = written.words.map((word) => ({ ...word, text: this.#start.scope.expand(word.text) }));
      const line = { name, words, place, within: [...within] };
      if (kind === 'directive') {
        this.#directive(line);
        continue;
      }
      const texts = words.map(({ text }) => text);
      const isFile = (path: string): boolean =>
        ifReadable(() => this.#host.stat(posix.resolve(this.root, path))) !== undefined;
      const holds = this.#start.scope.holds(name, texts, isFile);
      if (holds === false || name === 'macro') at = endOf(lines, at);
      else if (holds === undefined) {
        if (name === 'ifversion')
          this.reader.notExamined.push(
            `${showPlace(place)}: whether <IfVersion> holds is not decided; read as if it did`,
          );
        this.reader.lines.push(line);
        within.push(line);
      }
    }
  }

  #directive(line: ConfigurationLine): void {
    const { name, words, place, within } = line;
    const { scope, sourceOf } = this.#start;
    const [first, second] = words.map(({ text }) => text);
    this.reader.lines.push(line);
    if (first === undefined) return;
    if (name === 'define') scope.define(first, second);
    else if (name === 'undefine') scope.undefine(first);
    else if (name === 'serverroot') this.root = first;
    else if (name === 'use')
      this.reader.notExamined.push(`${showPlace(place)}: Use ${first}: macros are not expanded`);
    else if (name === 'loadmodule' && second !== undefined) {
      const source = sourceOf(posix.resolve(this.root, second), first);
      scope.load(first, ...(source === undefined ? [] : [source]));
    } else if (name === 'include' || name === 'includeoptional') this.#include(first, place, within);
  }

  /** A directory stands for every file below it; a pattern for what it matches, in the order of the names. */
  #include(asked: string, place: Place, within: readonly ConfigurationLine[], depth = 0): void {
    const path = posix.resolve(this.root, asked);
    const read = (file: string, text: string): void => this.lines(parseHttpdConf(file, text), within);
    if (ifReadable(() => this.#host.stat(path))?.type !== 'directory')
      return this.reader.files(path, place, read);
    if (depth >= DEEPEST_DIRECTORY || this.#directories >= MOST_DIRECTORIES) {
      const where = `${path}, named at ${showPlace(place)}`;
      this.reader.notExamined.push(`${where}: a directory included too deep or too often`);
      return;
    }
    this.#directories += 1;
    const names = (ifReadable(() => this.#host.list(path)) ?? []).slice(0, MOST_FILES_OF_DIRECTORY);
    for (const name of names) this.#include(`${path}/${name}`, place, within, depth + 1);
  }
}

/** The line that closes the section at `at`; sections of its name may stand inside. */
function endOf(lines: readonly HttpdLine[], at: number): number {
  const name = lines[at]?.name;
  let depth = 0;
  for (let index = at; index < lines.length; index += 1) {
    const line = lines[index];
    if (line?.name !== name) continue;
    if (line?.kind === 'open') depth += 1;
    if (line?.kind === 'close') depth -= 1;
    if (depth === 0) return index;
  }
  return lines.length;
}
