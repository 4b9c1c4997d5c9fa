import { posix } from 'node:path';
import type { LoadedObject, SearchRule } from './loaded-object.ts';
import type { Elf, ElfResult } from './parse-elf.ts';
import { candidatePaths, expandTokens, type LoaderSettings } from './search-libraries.ts';

/** What is at a path: undefined when there is no file. Called at most once for a path. */
export type Lookup = (path: string) => FoundFile | undefined;

export interface FoundFile {
  readonly realPath: string;
  readonly elf: ElfResult;
}

/** Everything that the loader maps for one program before it runs. */
export interface Closure {
  readonly program: LoadedObject;
  /** The program, what is preloaded, then the libraries breadth first: the order in which symbols are looked up. */
  readonly objects: readonly LoadedObject[];
  /** The first request for each library that was not found, preloading apart. */
  readonly missing: readonly MissingLibrary[];
  /** The search was given up after a million paths. */
  readonly incomplete: boolean;
  /** The loader itself, also when it is not among `objects`. */
  readonly interpreter: LoadedObject | undefined;
  /** Whether the interpreter is glibc's; the rules followed here are glibc's alone. */
  readonly loader: 'glibc' | 'other' | 'none';
  /** The objects by every name that means them: asked names, paths, SONAMEs. */
  readonly byName: ReadonlyMap<string, LoadedObject>;
}

export interface MissingLibrary {
  readonly name: string;
  readonly requestedBy: LoadedObject;
  /** A preloaded library that is missing is only warned about. */
  readonly fatal: boolean;
  readonly tried: readonly Tried[];
}

export interface Tried {
  readonly path: string;
  readonly rule: SearchRule;
  /** After `other-class` and `other-machine` the search goes on; at an unusable file the loader gives up. */
  readonly outcome: 'absent' | 'other-class' | 'other-machine' | 'unusable';
  readonly reason?: string;
}

/** A library opened at run time with dlopen(3), and what came with it. */
export interface OpenedLibrary {
  /** Undefined when it was not found. */
  readonly library: LoadedObject | undefined;
  /** It and its dependencies, breadth first: searched for symbols after the program's own objects. */
  readonly objects: readonly LoadedObject[];
  /** Those of `objects` that were not in the process before. */
  readonly added: readonly LoadedObject[];
  readonly missing: readonly MissingLibrary[];
  readonly incomplete: boolean;
}

const MOST_PATHS = 1_000_000;

/**
 * Which file the loader takes for every library of a program, as glibc does it (elf/dl-deps.c): breadth first,
 * one object per name, SONAME and file. Nothing is executed and nothing read but through `lookup`. DT_FILTER and
 * DT_AUXILIARY are not followed.
 */
export function resolveClosure(
  program: { readonly path: string; readonly realPath: string; readonly elf: Elf },
  lookup: Lookup,
  settings: LoaderSettings,
): Closure {
  const { interpreter: interpreterPath } = program.elf;
  const main: LoadedObject = {
    ...program,
    name: program.path,
    rule: { kind: 'program' },
    requestedBy: undefined,
  };
  const loading = new Loading(lookup, settings, [main]);
  const interpreter = interpreterPath === undefined ? undefined : loading.interpreter(interpreterPath, main);
  const preloaded = preloads(settings).flatMap((name) => loading.load(name, main, false) ?? []);
  const objects = program.elf.dynamic === undefined ? [main] : loading.withDependencies([main, ...preloaded]);
  return {
    program: main,
    objects,
    missing: loading.missing,
    incomplete: loading.incomplete,
    interpreter,
    loader: interpreterPath === undefined ? 'none' : isGlibc(interpreterPath) ? 'glibc' : 'other',
    byName: loading.byName,
  };
}

/** What dlopen(3) of `name` would load into a process of `closure`; `from` is the object that calls it. */
export function openAtRunTime(
  closure: Closure,
  name: string,
  lookup: Lookup,
  settings: LoaderSettings,
  from: LoadedObject = closure.program,
): OpenedLibrary {
  const loading = new Loading(lookup, settings, closure.objects, closure.byName);
  const library = loading.load(name, from, true);
  const objects = library === undefined ? [] : loading.withDependencies([library]);
  const added = objects.filter((object) => !closure.objects.includes(object));
  return { library, objects, added, missing: loading.missing, incomplete: loading.incomplete };
}

/** The objects of a process while they come in. */
class Loading {
  readonly missing: MissingLibrary[] = [];
  readonly byName: Map<string, LoadedObject>;
  readonly #byFile = new Map<string, LoadedObject>();
  readonly #lookup: Lookup;
  readonly #settings: LoaderSettings;
  #paths = 0;

  constructor(
    lookup: Lookup,
    settings: LoaderSettings,
    present: readonly LoadedObject[],
    byName: ReadonlyMap<string, LoadedObject> = new Map(),
  ) {
    this.#settings = settings;
    this.byName = new Map(byName);
    for (const object of [...present, ...byName.values()]) this.#register(object);
    const seen = new Map<string, FoundFile | undefined>();
    this.#lookup = (path) => {
      if (!seen.has(path)) seen.set(path, lookup(path));
      return seen.get(path);
    };
  }

  /** Already in the process before anything is searched, known by its path and its SONAME. */
  interpreter(path: string, program: LoadedObject): LoadedObject | undefined {
    const found = this.#lookup(path);
    if (found?.elf.kind !== 'elf') return undefined;
    const { realPath, elf } = found;
    const object: LoadedObject = {
      name: path,
      path,
      realPath,
      elf,
      rule: { kind: 'interpreter' },
      requestedBy: program,
    };
    this.#register(object);
    this.#alias(posix.basename(path), object);
    return object;
  }

  load(asked: string, requester: LoadedObject, fatal: boolean): LoadedObject | undefined {
    const name = expandTokens(asked, requester, this.#settings) ?? asked;
    const present = this.byName.get(name);
    if (present !== undefined) return present;
    const tried: Tried[] = [];
    for (const { path, rule } of candidatePaths(asked, requester, this.#settings)) {
      this.#paths += 1;
      if (this.#paths > MOST_PATHS) break;
      const found = this.#lookup(path);
      const refusal = refusalOf(found, requester.elf);
      if (found?.elf.kind !== 'elf' || refusal !== undefined) {
        tried.push({ path, rule, ...(refusal ?? { outcome: 'absent' }) });
        if (refusal?.outcome === 'unusable') break;
        continue;
      }
      const { realPath, elf } = found;
      const object = this.#byFile.get(realPath) ?? {
        name,
        path,
        realPath,
        elf,
        rule,
        requestedBy: requester,
      };
      this.#register(object);
      this.#alias(name, object);
      return object;
    }
    if (!this.missing.some((library) => library.name === name && library.fatal === fatal)) {
      this.missing.push({ name, requestedBy: requester, fatal, tried });
    }
    return undefined;
  }

  /** More paths would have to be tried than any real search needs: the rest was not examined. */
  get incomplete(): boolean {
    return this.#paths > MOST_PATHS;
  }

  /** The given objects and everything they need, breadth first. */
  withDependencies(roots: readonly LoadedObject[]): readonly LoadedObject[] {
    const order = new Set(roots);
    for (const object of order) {
      for (const name of object.elf.dynamic?.needed ?? []) {
        const dependency = this.load(name, object, true);
        if (dependency !== undefined) order.add(dependency);
      }
    }
    return [...order];
  }

  #register(object: LoadedObject): void {
    if (!this.#byFile.has(object.realPath)) this.#byFile.set(object.realPath, object);
    for (const name of [object.name, object.path, object.elf.dynamic?.soname]) this.#alias(name, object);
  }

  #alias(name: string | undefined, object: LoadedObject): void {
    if (name !== undefined && !this.byName.has(name)) this.byName.set(name, object);
  }
}

/** Why glibc's open_verify does not take this file; undefined when it does. */
function refusalOf(found: FoundFile | undefined, wanted: Elf): Pick<Tried, 'outcome' | 'reason'> | undefined {
  if (found === undefined) return { outcome: 'absent' };
  const { elf } = found;
  if (elf.kind === 'not-elf') return { outcome: 'unusable', reason: 'not an ELF file' };
  if (elf.kind === 'malformed') return { outcome: 'unusable', reason: elf.reason };
  if (elf.bits !== wanted.bits) return { outcome: 'other-class', reason: `${elf.bits}-bit` };
  if (elf.byteOrder !== wanted.byteOrder) return { outcome: 'unusable', reason: `${elf.byteOrder}-endian` };
  if (elf.machine !== wanted.machine) return { outcome: 'other-machine', reason: `for ${elf.machine}` };
  if (elf.type !== 'shared' && elf.type !== 'executable')
    return { outcome: 'unusable', reason: `type ${elf.type}` };
  return undefined;
}

/** LD_PRELOAD is split at blanks and colons, /etc/ld.so.preload at white space too; `#` starts a comment there. */
function preloads({ preload = '', preloadFile = '', secure = false }: LoaderSettings): string[] {
  const fromVariable = preload
    .split(/[ :]+/)
    .filter((name) => name !== '' && !(secure && name.includes('/')));
  const fromFile = preloadFile.replace(/#.*/g, '').split(/[\s:]+/);
  return [...fromVariable, ...fromFile.filter((name) => name !== '')];
}

function isGlibc(interpreter: string): boolean {
  return /^ld(-linux.*|64|-.*)?\.so\.\d+$/.test(posix.basename(interpreter));
}
