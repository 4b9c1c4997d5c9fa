import { expandTokens } from './expand-tokens.ts';
import type { LoadedObject, SearchRule } from './loaded-object.ts';
import { type LoaderCache, lookUpInCache } from './loader-cache.ts';
import type { LoaderPlatform } from './loader-platform.ts';
import { type LoaderProcessor, PLAIN_PROCESSOR, searchedSubdirectories } from './processor.ts';

/** What decides a search besides the files themselves. */
export interface LoaderSettings {
  readonly platform: LoaderPlatform;
  /** LD_LIBRARY_PATH as the process receives it. */
  readonly libraryPath?: string;
  /** LD_PRELOAD as the process receives it. */
  readonly preload?: string;
  /** The text of /etc/ld.so.preload. */
  readonly preloadFile?: string;
  readonly cache?: LoaderCache;
  /** Without it the search is that of the plainest processor. */
  readonly processor?: LoaderProcessor;
  /** What relative directories are relative to. */
  readonly workingDirectory: string;
  /** A set-user-ID program or one with file capabilities (AT_SECURE): most of the environment is ignored. */
  readonly secure?: boolean;
}

export interface Candidate {
  readonly path: string;
  readonly rule: SearchRule;
}

/**
 * The files tried for a library that `requester` asks for, in order (ld.so(8); glibc elf/dl-load.c,
 * `_dl_map_new_object`). The first that fits is taken. A program with privileges takes nothing it preloads from
 * the cache (`preloading`).
 */
export function* candidatePaths(
  name: string,
  requester: LoadedObject,
  settings: LoaderSettings,
  preloading = false,
): Generator<Candidate> {
  const { platform, cache, processor = PLAIN_PROCESSOR } = settings;
  if (name.includes('/')) {
    const path = expandTokens(name, requester, settings);
    if (path !== undefined) yield { path: absolute(path, settings), rule: { kind: 'path' } };
    return;
  }
  const subdirectories = searchedSubdirectories(processor);
  const inDirectories = function* (directories: readonly string[], rule: SearchRule): Generator<Candidate> {
    for (const directory of directories) {
      const start = directory.endsWith('/') ? directory : `${directory}/`;
      for (const subdirectory of subdirectories) yield { path: `${start}${subdirectory}${name}`, rule };
    }
  };
  const { dynamic } = requester.elf;
  if (dynamic?.runpath === undefined) {
    for (
      let object: LoadedObject | undefined = requester;
      object !== undefined;
      object = object.requestedBy
    ) {
      const rpath = object.elf.dynamic?.runpath === undefined ? object.elf.dynamic?.rpath : undefined;
      if (rpath)
        yield* inDirectories(splitPath(rpath, /:/, object, settings), { kind: 'rpath', of: object.path });
    }
  }
  if (settings.libraryPath && settings.secure !== true) {
    const directories = splitPath(settings.libraryPath, /[:;]/, programOf(requester), settings);
    yield* inDirectories(directories, { kind: 'LD_LIBRARY_PATH' });
  }
  if (dynamic?.runpath) {
    const directories = splitPath(dynamic.runpath, /:/, requester, settings);
    yield* inDirectories(directories, { kind: 'runpath', of: requester.path });
  }
  const withDefaults = dynamic?.noDefaultLibraries !== true;
  if (cache !== undefined && !(preloading && settings.secure === true)) {
    const cached = lookUpInCache(cache, name, requester.elf, processor);
    if (cached !== undefined && (withDefaults || !startsInDefault(cached, platform))) {
      yield { path: cached, rule: { kind: 'ld.so.cache' } };
    }
  }
  if (withDefaults) yield* inDirectories(platform.directories, { kind: 'default path' });
}

/** The directories of a search path, each once; an empty element is the working directory. */
function splitPath(
  path: string,
  separator: RegExp,
  object: LoadedObject,
  settings: LoaderSettings,
): string[] {
  const directories = path.split(separator).flatMap((element) => {
    if (element === '') return [settings.workingDirectory];
    const expanded = expandTokens(element, object, settings);
    return expanded === undefined || expanded === '' ? [] : [absolute(expanded, settings)];
  });
  return [...new Set(directories)];
}

/** `..` stays: what it leads to depends on the links before it. */
function absolute(path: string, { workingDirectory }: LoaderSettings): string {
  const start = workingDirectory.endsWith('/') ? workingDirectory : `${workingDirectory}/`;
  const joined = path.startsWith('/') ? path : `${start}${path}`;
  return joined.replace(/(?<=.)\/+$/, '');
}

/** As text alone, without looking at `..`: so does the loader. */
function startsInDefault(path: string, platform: LoaderPlatform): boolean {
  return platform.directories.some((directory) => path.startsWith(`${directory}/`));
}

function programOf(object: LoadedObject): LoadedObject {
  return object.requestedBy === undefined ? object : programOf(object.requestedBy);
}
