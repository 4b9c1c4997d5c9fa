import {
  type DynamicSymbols,
  readDynamicSymbols,
  type SymbolsResult,
} from '../formats/elf/dynamic-symbols.ts';
import type { LoadedObject } from '../formats/elf/loaded-object.ts';
import { type LoaderCache, parseLoaderCache } from '../formats/elf/loader-cache.ts';
import { loaderPlatform, multiarchTuple } from '../formats/elf/loader-platform.ts';
import type { Malformed } from '../formats/elf/malformed.ts';
import { type Elf, type ElfResult, parseElf } from '../formats/elf/parse-elf.ts';
import { type Closure, type Lookup, resolveClosure } from '../formats/elf/resolve-closure.ts';
import type { LoaderSettings } from '../formats/elf/search-libraries.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { followLaunch, type Launch } from './launch.ts';
import { mainCommand, type Service } from './service.ts';
import type { LoadedProgram, ServiceStart } from './service-start.ts';

/**
 * Follows the service's main command to its program and the program to its libraries, as a start would, with
 * the environment the service gives it. Reads only. Throws `CouldNotRun` for a program or a library of
 * it that is damaged.
 */
export function readServiceStart(host: Host, service: Service): ServiceStart {
  const command = mainCommand(service);
  if (command === undefined) {
    return {
      host,
      service,
      command,
      launch: undefined,
      loaded: undefined,
      notExamined: ['the unit has no ExecStart='],
    };
  }
  const environment = new Map(
    [...service.environment.effective].map(([name, { value }]) => [name, value.toString()]),
  );
  const workingDirectory = workingDirectoryOf(service, environment);
  const launch = followLaunch(host, command, environment, workingDirectory);
  const notExamined = [...launch.notExamined, ...ownRoot(service)];
  const loaded =
    launch.program === undefined ? undefined : loadProgram(host, launch.program, launch, notExamined);
  return { host, service, command, launch, loaded, notExamined };
}

function loadProgram(
  host: Host,
  path: string,
  launch: Launch,
  notExamined: string[],
): LoadedProgram | undefined {
  const elf = elfAt(host, path);
  if (elf.kind === 'not-elf') {
    const size = host.stat(path)?.size ?? 0;
    if (size < MAGIC_SIZE) throw damaged(path, endsEarly(size));
    notExamined.push(`${path} is neither an ELF program nor a script`);
    return undefined;
  }
  if (elf.kind === 'malformed') throw damaged(path, elf);
  const lookup: Lookup = (candidate) => {
    const facts = host.stat(candidate);
    if (facts?.type !== 'file') return undefined;
    return { realPath: host.realPath(candidate) ?? candidate, elf: elfAt(host, candidate) };
  };
  const settings = loaderSettings(host, elf, launch, notExamined);
  const program = { path, realPath: host.realPath(path) ?? path, elf };
  const symbols = new Map<LoadedObject, SymbolsResult>();
  const closure = resolveClosure(program, lookup, settings);
  refuseUnusable(closure, host, lookup);
  return {
    closure,
    lookup,
    settings,
    symbolsOf: (object) => {
      const known = symbols.get(object) ?? symbolsAt(host, object);
      symbols.set(object, known);
      return known;
    },
  };
}

/** In bytes: ELF's magic number, without which nothing tells what a file was meant to be. */
const MAGIC_SIZE = 4;

function endsEarly(size: number): Malformed {
  return { kind: 'malformed', reason: `a file of ${size} bytes can't be an ELF file`, offset: size };
}

/** At a file that it can not use the loader stops, and the program does not start. */
function refuseUnusable({ missing }: Closure, host: Host, lookup: Lookup): void {
  for (const { fatal, tried } of missing) {
    const last = tried.at(-1);
    if (!fatal || last?.outcome !== 'unusable') continue;
    const { path, reason = 'the loader can not use it' } = last;
    const elf = lookup(path)?.elf;
    const size = host.stat(path)?.size ?? 0;
    if (elf?.kind === 'malformed') throw damaged(path, elf);
    throw damaged(path, size < MAGIC_SIZE ? endsEarly(size) : { kind: 'malformed', reason, offset: 0 });
  }
}

/** The unit's `WorkingDirectory=`; systemd's own is `/`. Source: systemd.exec(5). */
function workingDirectoryOf({ unit }: Service, environment: ReadonlyMap<string, string>): string | undefined {
  const value = lastOf(unit, 'WorkingDirectory')?.replace(/^-/, '');
  return value === '~' ? environment.get('HOME') : value?.startsWith('/') === true ? value : undefined;
}

function ownRoot({ unit }: Service): string[] {
  return ['RootDirectory', 'RootImage'].flatMap((key) => {
    const value = lastOf(unit, key);
    if (value === undefined || value === '' || value === '/') return [];
    return [`inside ${key}=${value}: the program and its libraries were looked up on the host instead`];
  });
}

function lastOf(unit: Service['unit'], key: string): string | undefined {
  return unit.assignments
    .findLast((assignment) => assignment.section === 'Service' && assignment.key === key)
    ?.value.toString();
}

/** What a damaged program or library means, said once for all who come upon one. */
export function damaged(path: string, malformed: Malformed): CouldNotRun {
  return new CouldNotRun(`${path} is damaged: ${malformed.reason} (at byte ${malformed.offset})`, {
    why: 'The loader refuses such a file, and what it needs or provides can not be known.',
    next: 'Copy the file again from where it was built, or reinstall its package.',
  });
}

function elfAt(host: Host, path: string): ElfResult {
  const file = host.open(path);
  try {
    return parseElf(file);
  } finally {
    file.close();
  }
}

function symbolsAt(host: Host, object: LoadedObject): DynamicSymbols | Malformed {
  const file = host.open(object.path);
  try {
    return readDynamicSymbols(file, object.elf);
  } finally {
    file.close();
  }
}

function loaderSettings(
  host: Host,
  elf: Elf,
  { environment, directory }: Launch,
  notExamined: string[],
): LoaderSettings {
  const tuple = multiarchTuple(elf);
  const layout = tuple !== undefined && host.stat(`/usr/lib/${tuple}`) !== undefined ? 'multiarch' : 'lib64';
  const libraryPath = environment.get('LD_LIBRARY_PATH');
  const preload = environment.get('LD_PRELOAD');
  const preloadFile = textOf(host, '/etc/ld.so.preload');
  const cache = loaderCache(host, notExamined);
  return {
    platform: loaderPlatform(elf, layout),
    workingDirectory: directory,
    ...(libraryPath === undefined ? {} : { libraryPath }),
    ...(preload === undefined ? {} : { preload }),
    ...(preloadFile === undefined ? {} : { preloadFile }),
    ...(cache === undefined ? {} : { cache }),
  };
}

function loaderCache(host: Host, notExamined: string[]): LoaderCache | undefined {
  if (host.stat('/etc/ld.so.cache') === undefined) return undefined;
  const cache = parseLoaderCache(host.readFile('/etc/ld.so.cache'));
  if (cache.kind === 'cache') return cache;
  notExamined.push(`/etc/ld.so.cache: ${cache.reason}; the search goes on without it, as the loader's does`);
  return undefined;
}

function textOf(host: Host, path: string): string | undefined {
  return host.stat(path)?.type === 'file' ? new TextDecoder().decode(host.readFile(path, 65536)) : undefined;
}
