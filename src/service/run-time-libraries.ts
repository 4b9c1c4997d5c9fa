import { TAG } from '../formats/elf/dynamic-section.ts';
import type { DynamicSymbols } from '../formats/elf/dynamic-symbols.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import { type Binding, missingSymbols } from '../formats/elf/loader/missing-symbols.ts';
import {
  type Closure,
  type MissingLibrary,
  openAtRunTime,
  type Tried,
} from '../formats/elf/loader/resolve-closure.ts';
import type { Host } from '../host/host.ts';
import { withHidden } from './hidden-by.ts';
import type { LoadedProgram } from './service-start.ts';

/** What dlopen(3) of one file in the service's process would do, as far as reading tells. */
export type RunTimeLibrary =
  | FoundLibrary
  /** No file of that name is found. */
  | { readonly kind: 'absent'; readonly tried: readonly Tried[] }
  /** The file found is none that the loader can use. */
  | { readonly kind: 'unusable'; readonly path: string; readonly reason: string };

export interface FoundLibrary {
  readonly kind: 'found';
  readonly object: LoadedObject;
  readonly symbols: DynamicSymbols;
  /** What else comes with it. */
  readonly brings: readonly LoadedObject[];
  /** Libraries that it or what comes with it need, and that are not found. */
  readonly missing: readonly MissingLibrary[];
  /** What it needs and nothing in the process provides (RTLD_NOW: it is not opened then). */
  binding(): Binding;
}

/**
 * The libraries that a program opens by itself, one after the other, as dlopen(3) with RTLD_NOW does it.
 */
export class RunTimeLibraries {
  readonly #host: Host;
  readonly #program: LoadedProgram;
  #closure: Closure;

  constructor(host: Host, program: LoadedProgram) {
    this.#host = host;
    this.#program = program;
    this.#closure = program.closure;
  }

  /** `shared` (RTLD_GLOBAL): what is opened later may use its symbols. `from`: the object that calls, else the program. */
  open(file: string, shared: boolean, from?: LoadedObject): RunTimeLibrary {
    const { lookup, settings, symbolsOf, hiddenBy } = this.#program;
    const before = this.#closure;
    const opened = openAtRunTime(before, file, lookup, settings, from);
    const { library, objects, added } = opened;
    const missing = opened.missing.map((one) => withHidden(one, hiddenBy));
    if (library === undefined) return refusal(missing.find(({ name }) => name === file)?.tried ?? []);
    for (const object of added) {
      const reason = whyNotOpened(object) ?? this.#whyDamaged(object);
      if (reason !== undefined) return { kind: 'unusable', path: object.path, reason };
    }
    const symbols = symbolsOf(library);
    if (symbols.kind === 'malformed') return { kind: 'unusable', path: library.path, reason: symbols.reason };
    const scope = [...new Set([...before.objects, ...objects])];
    const byName = withNames(before.byName, objects);
    if (shared) this.#closure = { ...before, objects: scope, byName };
    let binding: Binding | undefined;
    return {
      kind: 'found',
      object: library,
      symbols,
      brings: added.filter((object) => object !== library),
      missing,
      binding: () => (binding ??= missingSymbols(added, scope, byName, symbolsOf)),
    };
  }

  /** The loader maps what the program headers say; past the end of the file the process dies at the first touch. */
  #whyDamaged({ path, elf }: LoadedObject): string | undefined {
    const size = this.#host.stat(path)?.size ?? 0;
    const end = Math.max(
      0,
      ...elf.segments.filter(({ type }) => type === 'load').map(({ offset, fileSize }) => offset + fileSize),
    );
    if (end <= size) return undefined;
    return `the file has ${size} bytes and ends before the ${end} bytes that are loaded of it do`;
  }
}

/** A file may forbid it (DF_1_NOOPEN, `-z nodlopen`). Source: _dl_map_object_from_fd() in elf/dl-load.c of glibc 2.36. */
function whyNotOpened({ elf }: LoadedObject): string | undefined {
  const flags = elf.dynamic?.tags.get(TAG.flags1) ?? 0;
  return (flags & NO_OPEN) === 0
    ? undefined
    : 'it was linked with -z nodlopen: shared object cannot be dlopen()ed';
}

const NO_OPEN = 0x40;

function refusal(tried: readonly Tried[]): RunTimeLibrary {
  const last = tried.findLast(({ outcome }) => outcome !== 'absent');
  if (last === undefined) return { kind: 'absent', tried };
  return { kind: 'unusable', path: last.path, reason: last.reason ?? 'the loader can not use it' };
}

function withNames(
  known: ReadonlyMap<string, LoadedObject>,
  objects: readonly LoadedObject[],
): ReadonlyMap<string, LoadedObject> {
  const byName = new Map(known);
  for (const object of objects) {
    for (const name of [object.name, object.path, object.elf.dynamic?.soname]) {
      if (name !== undefined && !byName.has(name)) byName.set(name, object);
    }
  }
  return byName;
}
