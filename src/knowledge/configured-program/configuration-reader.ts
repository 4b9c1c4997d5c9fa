import { HostError, type Host } from '../../host/host.ts';
import { expandGlob } from '../../service/expand-glob.ts';
import { type Place, showPlace } from '../../text/place.ts';
import type { Configuration, ConfigurationFile, ConfigurationLine } from './configuration.ts';

const MOST_FILES = 2000;
const DEEPEST = 32;
const FILE_SIZE_LIMIT = 16 * 1024 * 1024;

/** Collects a configuration file by file; each program's own reader says what is included where. */
export class ConfigurationReader {
  readonly lines: ConfigurationLine[] = [];
  readonly notExamined: string[] = [];
  readonly #host: Host;
  readonly #files = new Map<string, ConfigurationFile>();
  readonly #open: string[] = [];
  /** How many times a file was read: one that is included twice is read twice. */
  #reads = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  get configuration(): Configuration {
    return { files: [...this.#files.values()], lines: this.lines, notExamined: this.notExamined };
  }

  /**
   * Reads one file with `read`. A file that is not there is listed as such; one that includes itself, that is named too
   * often, or that can not be read, is listed among what was not examined.
   */
  file(path: string, namedBy: ConfigurationFile['namedBy'], read: (text: string) => void): void {
    this.#noting(path, namedBy, () => this.#file(path, namedBy, read));
  }

  /** Every file that a pattern matches, in the order of their names. Without a pattern the one file, there or not. */
  files(pattern: string, namedBy: Place, read: (path: string, text: string) => void): void {
    this.#noting(pattern, namedBy, () => {
      for (const path of expandGlob(this.#host, pattern))
        this.file(path, namedBy, (text) => read(path, text));
    });
  }

  #file(path: string, namedBy: ConfigurationFile['namedBy'], read: (text: string) => void): void {
    const facts = this.#host.stat(path);
    if (!this.#files.has(path)) this.#files.set(path, { path, exists: facts !== undefined, namedBy });
    if (facts === undefined) return;
    const isTooOften = this.#files.size > MOST_FILES || this.#reads >= MOST_FILES;
    if (this.#open.includes(path) || this.#open.length >= DEEPEST || isTooOften) {
      this.notExamined.push(`${path}, named at ${whereOf(namedBy)}: included too deep or too often`);
      return;
    }
    this.#reads += 1;
    const text = new TextDecoder().decode(this.#host.readFile(path, FILE_SIZE_LIMIT));
    this.#open.push(path);
    try {
      read(text);
    } finally {
      this.#open.pop();
    }
  }

  #noting(path: string, namedBy: ConfigurationFile['namedBy'], read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.notExamined.push(`${path}, named at ${whereOf(namedBy)}: ${error.message}`);
    }
  }
}

function whereOf(namedBy: ConfigurationFile['namedBy']): string {
  return 'how' in namedBy ? namedBy.how : showPlace(namedBy);
}
