import { posix } from 'node:path';
import type { DynamicLink } from '../dynamic-section.ts';
import type { LoadedObject, SearchRule } from './loaded-object.ts';
import { expandTokens } from './expand-tokens.ts';
import { type FoundFile, type Lookup, type Refusal, refusalOf } from './found-file.ts';
import { preloads } from './preloads.ts';
import { candidatePaths, type LoaderSettings } from './search-libraries.ts';
import type { Elf } from '../parse-elf.ts';

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

export interface Tried extends Refusal {
  readonly path: string;
  readonly rule: SearchRule;
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

export interface ProgramFile {
  readonly path: string;
  readonly realPath: string;
  readonly identity?: string;
  readonly elf: Elf;
}

const MOST_PATHS = 1_000_000;

/**
 * Which file the loader takes for every library of a program, as glibc does it (elf/dl-deps.c): breadth first,
 * one object per name, SONAME and file, filters before what they filter. Nothing is executed and nothing read but
 * through `lookup`. A library is resolved with the loader `interpreterPath` of its machine, as ldd(1) does.
 */
export function resolveClosure(
  program: ProgramFile,
  lookup: Lookup,
  settings: LoaderSettings,
  interpreterPath: string | undefined = program.elf.interpreter,
): Closure {
  const { path, realPath, elf } = program;
  const main: LoadedObject = {
    path,
    realPath,
    elf,
    name: path,
    rule: { kind: 'program' },
    requestedBy: undefined,
  };
  const loading = new Loading(lookup, settings, [main], new Map(), program.identity);
  const interpreter = interpreterPath === undefined ? undefined : loading.interpreter(interpreterPath, main);
  const preloaded = preloads(settings).flatMap((name) => loading.load(name, main, 'preload') ?? []);
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
  const library = loading.load(name, from, 'needed');
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
    identityOfFirst?: string,
  ) {
    this.#settings = settings;
    this.byName = new Map(byName);
    const seen = new Map<string, FoundFile | undefined>();
    this.#lookup = (path) => {
      if (!seen.has(path)) seen.set(path, lookup(path));
      return seen.get(path);
    };
    for (const object of [...present, ...byName.values()]) {
      const isFirst = object === present[0] && identityOfFirst !== undefined;
      this.#register(object, isFirst ? identityOfFirst : this.#identityOf(object));
    }
  }

  /** Already in the process before anything is searched, known by its path and its SONAME. */
  interpreter(path: string, program: LoadedObject): LoadedObject | undefined {
    const found = this.#lookup(path);
    if (found?.elf.kind !== 'elf') return undefined;
    const { realPath, elf } = found;
    const rule = { kind: 'interpreter' } as const;
    const object: LoadedObject = { name: path, path, realPath, elf, rule, requestedBy: program };
    this.#register(object, found.identity ?? realPath);
    this.#alias(posix.basename(path), object);
    return object;
  }

  /** What is preloaded or auxiliary may be missing. */
  load(
    asked: string,
    requester: LoadedObject,
    why: DynamicLink['kind'] | 'preload',
  ): LoadedObject | undefined {
    const name = expandTokens(asked, requester, this.#settings) ?? asked;
    const present = this.byName.get(name);
    if (present !== undefined) return present;
    const tried: Tried[] = [];
    const isPreload = why === 'preload';
    for (const { path, rule } of candidatePaths(asked, requester, this.#settings, isPreload)) {
      this.#paths += 1;
      if (this.#paths > MOST_PATHS) break;
      const found = this.#lookup(path);
      const refusal = refusalOf(found, requester.elf) ?? this.#refusalOfPreload(isPreload, rule, found);
      if (found?.elf.kind !== 'elf' || refusal !== undefined) {
        tried.push({ path, rule, ...(refusal ?? { outcome: 'absent' }) });
        if (refusal?.outcome === 'unusable') break;
        continue;
      }
      const { realPath, elf, identity = realPath } = found;
      const object = this.#byFile.get(identity) ?? {
        name,
        path,
        realPath,
        elf,
        rule,
        requestedBy: requester,
      };
      this.#register(object, identity);
      this.#alias(name, object);
      return object;
    }
    const fatal = why === 'needed' || why === 'filter';
    if (why !== 'auxiliary' && !this.missing.some((known) => known.name === name && known.fatal === fatal)) {
      this.missing.push({ name, requestedBy: requester, fatal, tried });
    }
    return undefined;
  }

  /** Only a file with the set-user-ID bit is preloaded into a program with privileges when it has to be searched for. */
  #refusalOfPreload(isPreload: boolean, rule: SearchRule, found: FoundFile | undefined): Refusal | undefined {
    const mustBeMarked = isPreload && this.#settings.secure === true && rule.kind !== 'path';
    return mustBeMarked && found?.setUserId !== true ? { outcome: 'not-set-user-id' } : undefined;
  }

  /** More paths would have to be tried than any real search needs: the rest was not examined. */
  get incomplete(): boolean {
    return this.#paths > MOST_PATHS;
  }

  /** The given objects and everything they need, breadth first; what filters an object stands before it. */
  withDependencies(roots: readonly LoadedObject[]): readonly LoadedObject[] {
    const order = [...new Set(roots)];
    const listed = new Set(order);
    const done = new Set<LoadedObject>();
    for (let at = 0; at < order.length; ) {
      const object = order[at];
      if (object === undefined || done.has(object)) {
        at += 1;
        continue;
      }
      done.add(object);
      let place = at;
      for (const { kind, name } of object.elf.dynamic?.links ?? []) {
        const dependency = this.load(name, object, kind);
        if (dependency === undefined) continue;
        if (kind === 'needed') {
          if (!listed.has(dependency)) order.push(dependency);
        } else if (placeBefore(order, dependency, place)) place += 1;
        listed.add(dependency);
      }
    }
    return order;
  }

  #identityOf(object: LoadedObject): string {
    return this.#lookup(object.path)?.identity ?? object.realPath;
  }

  #register(object: LoadedObject, identity: string): void {
    if (!this.#byFile.has(identity)) this.#byFile.set(identity, object);
    for (const name of [object.name, object.path, object.elf.dynamic?.soname]) this.#alias(name, object);
  }

  #alias(name: string | undefined, object: LoadedObject): void {
    if (name !== undefined && !this.byName.has(name)) this.byName.set(name, object);
  }
}

/** Whether the object was put there: one that stands earlier already stays. */
function placeBefore(order: LoadedObject[], object: LoadedObject, place: number): boolean {
  const known = order.indexOf(object);
  if (known !== -1 && known <= place) return false;
  if (known !== -1) order.splice(known, 1);
  order.splice(place, 0, object);
  return true;
}

function isGlibc(interpreter: string): boolean {
  return /^ld(-linux.*|64|-.*)?\.so\.\d+$/.test(posix.basename(interpreter));
}
