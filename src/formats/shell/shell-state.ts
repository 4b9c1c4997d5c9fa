import { posix } from 'node:path';

/** What is asked of the machine while a script is followed. Paths are absolute. */
export interface ScriptFiles {
  /** The text of a file; undefined when there is none. */
  readonly read: (path: string) => string | undefined;
  /** The path with its links followed; undefined when it leads nowhere. */
  readonly realPath: (path: string) => string | undefined;
  /** What is at a path, links followed; without it conditions on files are left undecided. */
  readonly kind?: (path: string) => 'file' | 'program' | 'directory' | 'other' | undefined;
}

/** Variables whose value the shell or the machine provides, even when nothing assigns them. */
const PROVIDED =
  /^(?:HOME|USER|LOGNAME|SHELL|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|RANDOM|SECONDS|LINENO|OLDPWD|IFS|E?UID|PPID|BASH\w*)$/;

/** What a shell knows at one point of a script; what only running it tells is `undefined`. */
export class ShellState {
  /** `$0`: the script as it was started. */
  readonly scriptPath: string;
  readonly files: ScriptFiles;
  /** `$@`. */
  arguments: readonly string[] | undefined;
  directory: string | undefined;
  /** Code that was not followed may have set any variable that has no value here. */
  isOpen = false;
  readonly #variables: Map<string, string | undefined>;

  constructor(
    scriptPath: string,
    files: ScriptFiles,
    environment: ReadonlyMap<string, string>,
    given: readonly string[],
    directory: string,
  ) {
    this.scriptPath = scriptPath;
    this.files = files;
    this.arguments = given;
    this.directory = directory;
    this.#variables = new Map(environment);
  }

  /** `unset` for a variable that has no value, `unknown` for one whose value only running tells. */
  variable(name: string): { readonly value: string } | 'unset' | 'unknown' {
    if (this.#variables.has(name)) return known(this.#variables.get(name));
    if (name === '0') return { value: this.scriptPath };
    if (name === 'PWD') return known(this.directory);
    if (/^[1-9]\d*$/.test(name)) {
      if (this.arguments === undefined) return 'unknown';
      const value = this.arguments[Number(name) - 1];
      return value === undefined ? 'unset' : { value };
    }
    return /^[A-Za-z_]/.test(name) && !PROVIDED.test(name) && !this.isOpen ? 'unset' : 'unknown';
  }

  set(name: string, value: string | undefined): void {
    this.#variables.set(name, value);
  }

  unset(name: string): void {
    this.#variables.delete(name);
  }

  /** A path as seen from the working directory. */
  absolute(path: string): string | undefined {
    if (path.startsWith('/')) return path;
    return this.directory === undefined ? undefined : posix.join(this.directory, path);
  }
}

function known(value: string | undefined): { readonly value: string } | 'unknown' {
  return value === undefined ? 'unknown' : { value };
}
