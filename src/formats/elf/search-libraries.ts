import { posix } from 'node:path';
import { type LoadedObject, originOf, type SearchRule } from './loaded-object.ts';
import { type LoaderCache, lookUpInCache } from './loader-cache.ts';
import type { LoaderPlatform } from './loader-platform.ts';

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
  /**
   * Subdirectories for better processors, best first, such as `glibc-hwcaps/x86-64-v3`. Without them the search
   * is that of the plainest processor.
   */
  readonly subdirectories?: readonly string[];
  /** What relative directories are relative to. */
  readonly workingDirectory: string;
  /** A set-user-ID program or one with file capabilities: most of the environment is ignored. */
  readonly secure?: boolean;
}

export interface Candidate {
  readonly path: string;
  readonly rule: SearchRule;
}

/**
 * The files tried for a library that `requester` asks for, in order (ld.so(8); glibc elf/dl-load.c,
 * _dl_map_object). The first that fits is taken.
 */
export function* candidatePaths(
  name: string,
  requester: LoadedObject,
  settings: LoaderSettings,
): Generator<Candidate> {
  const { platform, cache, subdirectories = [] } = settings;
  if (name.includes('/')) {
    const path = expandTokens(name, requester, settings);
    if (path !== undefined) yield { path: absolute(path, settings), rule: { kind: 'path' } };
    return;
  }
  const inDirectories = function* (directories: readonly string[], rule: SearchRule): Generator<Candidate> {
    for (const directory of directories) {
      for (const subdirectory of subdirectories) yield { path: `${directory}/${subdirectory}/${name}`, rule };
      yield { path: `${directory}/${name}`, rule };
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
  const cached = cache && lookUpInCache(cache, name, requester.elf, subdirectories);
  if (cached !== undefined && (withDefaults || !isInDefaultDirectory(cached, platform))) {
    yield { path: cached, rule: { kind: 'ld.so.cache' } };
  }
  if (withDefaults) yield* inDirectories(platform.directories, { kind: 'default path' });
}

/** Puts in what `$ORIGIN`, `$LIB` and `$PLATFORM` stand for; undefined when the loader drops the path for it. */
export function expandTokens(
  path: string,
  object: LoadedObject,
  settings: LoaderSettings,
): string | undefined {
  const values = {
    ORIGIN: originOf(object),
    LIB: settings.platform.lib,
    PLATFORM: settings.platform.platform,
  };
  let known = true;
  const expanded = path.replace(TOKEN, (_, braced: keyof typeof values, plain: keyof typeof values) => {
    const value = values[braced ?? plain];
    if (value === undefined) known = false;
    return value ?? '';
  });
  if (!known) return undefined;
  const usesOrigin = settings.secure === true && /\$\{?ORIGIN/.test(path) && expanded !== path;
  return usesOrigin && !isInDefaultDirectory(expanded, settings.platform) ? undefined : expanded;
}

const TOKEN = /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g;

/** The directories of a search path, each once; an empty element is the working directory. */
function splitPath(
  path: string,
  separator: RegExp,
  object: LoadedObject,
  settings: LoaderSettings,
): string[] {
  const directories = path.split(separator).flatMap((element) => {
    const expanded = expandTokens(element, object, settings);
    return expanded === undefined ? [] : [absolute(expanded, settings)];
  });
  return [...new Set(directories)];
}

/** `..` stays: what it leads to depends on the links before it. */
function absolute(path: string, { workingDirectory }: LoaderSettings): string {
  const joined = path.startsWith('/') ? path : `${workingDirectory}/${path}`;
  return joined.replace(/(?<=.)\/+$/, '');
}

function isInDefaultDirectory(path: string, platform: LoaderPlatform): boolean {
  return platform.directories.some((directory) => posix.normalize(path).startsWith(`${directory}/`));
}

function programOf(object: LoadedObject): LoadedObject {
  return object.requestedBy === undefined ? object : programOf(object.requestedBy);
}
