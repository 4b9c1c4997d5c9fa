import { type PamEntry, type PamType, parsePamService } from '../formats/pam/parse-pam-service.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import type { Place } from '../text/place.ts';

/** The modules of one PAM service in the order of its files, with what these include. */
export interface PamStack {
  readonly modules: readonly PamModule[];
  readonly files: readonly string[];
  readonly notExamined: readonly string[];
}

export interface PamModule extends Pick<PamEntry & { kind: 'module' }, 'module' | 'type' | 'mayLack'> {
  readonly place: Place;
}

/**
 * A service without a file, and each type that its file says nothing of, is that of the service `other`. Source: pam.d(5);
 * _pam_init_handlers() in pam_handlers.c of Linux-PAM 1.5.
 */
export function pamStack(host: Host, name: string): PamStack {
  const own = new Reader(host);
  own.service(name, undefined, 0);
  const missing = TYPES.filter((type) => !own.modules.some((module) => module.type === type));
  for (const type of name === 'other' ? [] : missing) own.service('other', type, 0);
  return { modules: own.modules, files: [...own.files], notExamined: own.notExamined };
}

const TYPES: readonly PamType[] = ['auth', 'account', 'session', 'password'];
const DIRECTORIES = ['/etc/pam.d', '/usr/lib/pam.d'];
const SIZE_LIMIT = 1024 * 1024;
const DEEPEST = 16; // PAM's own bound is 16 substacks
const MOST_MODULES = 1000;

class Reader {
  readonly modules: PamModule[] = [];
  readonly files: Set<string> = new Set();
  readonly notExamined: string[] = [];
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  service(name: string, only: PamType | undefined, depth: number): void {
    const candidates = name.startsWith('/') ? [name] : DIRECTORIES.map((directory) => `${directory}/${name}`);
    const path = candidates.find((file) => ifReadable(() => this.#host.stat(file))?.type === 'file');
    if (path === undefined) return;
    const text = ifReadable(() => Buffer.from(this.#host.readFile(path, SIZE_LIMIT)).toString());
    if (text === undefined || depth >= DEEPEST || this.modules.length >= MOST_MODULES) {
      this.notExamined.push(`${path}: not readable, or included too deep or too often`);
      return;
    }
    this.files.add(path);
    for (const entry of parsePamService(text)) this.#entry(entry, path, only, depth);
  }

  #entry(entry: PamEntry, path: string, only: PamType | undefined, depth: number): void {
    if (entry.kind === 'include') {
      const type = entry.type ?? only;
      if (only === undefined || type === only) this.service(entry.service, type, depth + 1);
      return;
    }
    const { module, type, mayLack, line, column } = entry;
    if (only !== undefined && type !== only) return;
    if (this.modules.length < MOST_MODULES)
      this.modules.push({ module, type, mayLack, place: { file: path, line, column } });
  }
}
