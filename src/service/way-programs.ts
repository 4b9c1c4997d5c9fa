import { CouldNotRun } from '../documents/could-not-run.ts';
import { type Host, HostError } from '../host/host.ts';
import type { ServiceCommand } from './commands.ts';
import type { HiddenBy } from './hidden-by.ts';
import type { SeenHost } from './host-seen-by.ts';
import type { Launch } from './launch.ts';
import { libraryAccess } from './library-access.ts';
import { loadProgram } from './load-program.ts';
import type { ProcessStart } from './loader-settings.ts';
import { secureStart } from './secure-start.ts';
import type { Service } from './service.ts';
import type { LoadedProgram } from './service-start.ts';

/** A program that is executed on the way of a command, with what it loads. */
export interface WayProgram {
  readonly path: string;
  /** Undefined when it is no ELF file, or damaged. */
  readonly loaded: LoadedProgram | undefined;
  readonly notExamined: readonly string[];
}

/**
 * Every program that the launches of a service execute: wrappers, the interpreters of scripts, the programs in the end.
 * One that is started again with what its loader heeds unchanged is given once.
 */
export class WayPrograms {
  readonly #service: Service;
  readonly #known = new Map<string, WayProgram>();

  constructor(service: Service) {
    this.#service = service;
  }

  get all(): readonly WayProgram[] {
    return [...this.#known.values()];
  }

  /** `seen`: the files as the command sees them. `end`: the program in the end, where it is loaded already. */
  add(
    seen: SeenHost,
    command: ServiceCommand | undefined,
    { hops, loader: last, branches }: Launch,
    end?: LoadedProgram,
  ): void {
    const { host, hiddenBy } = seen;
    for (const { launch } of branches) this.add(seen, command, launch);
    for (const [at, hop] of hops.entries()) {
      const programs =
        hop.kind === 'program'
          ? [hop.path]
          : hop.interpreters.flatMap(({ path, exists }) => (exists ? [path] : []));
      for (const path of programs) {
        const isEnd = at === hops.length - 1;
        const loader = isEnd ? last : undefined;
        const way = { program: path, hops: hops.slice(0, at + 1), loader };
        const rights = secureStart(host, this.#service, command, way);
        const secure = rights.kind === 'secure';
        const refused = libraryAccess(host, this.#service, command, way, rights);
        const { environment, directory } = hop;
        const heeded = HEEDED.map((name) => environment.get(name) ?? '\u0001');
        const view = command?.prefixes.includes('+');
        const told = loader === undefined ? [] : [loader.path, loader.libraryPath, loader.preload];
        const key = [path, secure, refused === undefined, directory, view, ...heeded, ...told].join('\0');
        const start = { environment, directory, secure, loader, refused };
        if (this.#known.has(key)) continue;
        const isLoaded = isEnd && hop.kind === 'program' && end?.closure.program.path === path;
        const program = isLoaded ? { path, loaded: end, notExamined: [] } : load(host, path, start, hiddenBy);
        this.#known.set(key, program);
      }
    }
  }
}

/** Variables by which the loader chooses files. Source: ld.so(8). */
const HEEDED = ['LD_LIBRARY_PATH', 'LD_PRELOAD', 'GLIBC_TUNABLES'];

function load(host: Host, path: string, start: ProcessStart, hiddenBy: HiddenBy): WayProgram {
  const notExamined: string[] = [];
  try {
    const loaded = loadProgram(host, path, start, notExamined, hiddenBy);
    const refusal = loaded?.refusals[0]?.because;
    if (refusal !== undefined) throw refusal;
    return { path, loaded, notExamined };
  } catch (error) {
    if (!(error instanceof CouldNotRun || error instanceof HostError)) throw error;
    return { path, loaded: undefined, notExamined: [`libraries of ${path}: ${error.message}`] };
  }
}
