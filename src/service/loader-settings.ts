import { textOfFile } from '../host/text-of-file.ts';
import { type LoaderCache, parseLoaderCache } from '../formats/elf/loader/loader-cache.ts';
import { type LoaderBuild, readLoaderBuild } from '../formats/elf/loader/loader-build.ts';
import {
  type LoaderPlatform,
  loaderPlatform,
  multiarchTuple,
} from '../formats/elf/loader/loader-platform.ts';
import { type LoaderProcessor, processorOfCpuinfo, withoutLegacy } from '../formats/elf/loader/processor.ts';
import type { LoaderSettings } from '../formats/elf/loader/search-libraries.ts';
import type { Elf } from '../formats/elf/parse-elf.ts';
import { ifReadable } from '../host/if-readable.ts';
import type { Host } from '../host/host.ts';
import type { ExplicitLoader } from './launch-hop.ts';
import { KeptPerHost } from '../host/kept-per-host.ts';

/** What a process starts with, as far as it decides which libraries it loads. */
export interface ProcessStart {
  readonly environment: ReadonlyMap<string, string>;
  readonly directory: string;
  /** It has more privileges than who started it (AT_SECURE). */
  readonly secure?: boolean;
  /** The loader that is started itself, with the program as its argument. */
  readonly loader?: ExplicitLoader | undefined;
  /** Why its user may not open a file; undefined where nothing says so. */
  readonly refused?: ((path: string) => string | undefined) | undefined;
}

/** An empty environment, as a question about a file alone has it. */
export const PLAIN_START: ProcessStart = { environment: new Map(), directory: '/' };

/** How the loader `interpreter` of this host searches for a program that is started so, and what is not known of it. */
export function loaderSettings(
  host: Host,
  elf: Elf,
  interpreter: string | undefined,
  { environment, directory, secure, loader }: ProcessStart,
): { readonly settings: LoaderSettings; readonly notExamined: readonly string[] } {
  const files = loaderFiles.of(host, () => readLoaderFiles(host));
  const build = interpreter === undefined ? undefined : buildOf(host, interpreter);
  const processor = build?.searchesHwcaps === false ? undefined : processorOf(host, build);
  const libraryPath = loader?.libraryPath ?? environment.get('LD_LIBRARY_PATH');
  const preloads = [environment.get('LD_PRELOAD'), loader?.preload].filter((list) => list !== undefined);
  const preload = preloads.length === 0 ? undefined : preloads.join(':');
  const settings = {
    platform: platformOf(host, elf, build),
    workingDirectory: directory,
    ...(processor === undefined ? {} : { processor }),
    ...(libraryPath === undefined ? {} : { libraryPath }),
    ...(preload === undefined ? {} : { preload }),
    ...(files.preload === undefined ? {} : { preloadFile: files.preload }),
    ...(files.cache === undefined ? {} : { cache: files.cache }),
    ...(secure === true ? { secure } : {}),
  };
  return { settings, notExamined: [...files.notExamined, ...(secure === true ? [] : masks(environment))] };
}

/** Variables that take features of the processor away, and with them folders of the search. Source: ld.so(8), "Tunables" of glibc 2.36. */
function masks(environment: ReadonlyMap<string, string>): string[] {
  const tunables = (environment.get('GLIBC_TUNABLES') ?? '').split(':');
  const found = tunables.filter((tunable) => /^glibc\.cpu\.hwcap(?:s|_mask)=/.test(tunable));
  const mask = environment.get('LD_HWCAP_MASK');
  const all = [
    ...found.map((tunable) => `GLIBC_TUNABLES=${tunable}`),
    ...(mask === undefined ? [] : [`LD_HWCAP_MASK=${mask}`]),
  ];
  return all.map(
    (one) => `${one}: the libraries are those of a process without it, with all that the processor can do`,
  );
}

interface LoaderFiles {
  readonly cache: LoaderCache | undefined;
  readonly preload: string | undefined;
  readonly notExamined: readonly string[];
}

const loaderFiles = new KeptPerHost<LoaderFiles>();
const builds = new KeptPerHost<Map<string, LoaderBuild | undefined>>();

function readLoaderFiles(host: Host): LoaderFiles {
  const cache = isFile(host, CACHE) ? parseLoaderCache(host.readFile(CACHE)) : undefined;
  const bad = cache?.kind === 'bad-cache' ? cache.reason : undefined;
  return {
    cache: cache?.kind === 'cache' ? cache : undefined,
    preload: textOfFile(host, '/etc/ld.so.preload'),
    notExamined:
      bad === undefined ? [] : [`${CACHE}: ${bad}; the search goes on without it, as the loader's does`],
  };
}

const CACHE = '/etc/ld.so.cache';

/** In bytes; the loaders of distributions are a fifth of a megabyte. */
const LARGEST_LOADER = 16 * 1024 * 1024;

function buildOf(host: Host, interpreter: string): LoaderBuild | undefined {
  const known = builds.of(host, () => new Map());
  if (!known.has(interpreter)) {
    const isReadable = isFile(host, interpreter) && (host.stat(interpreter)?.size ?? 0) <= LARGEST_LOADER;
    known.set(interpreter, isReadable ? readLoaderBuild(host.readFile(interpreter)) : undefined);
  }
  return known.get(interpreter);
}

/** The loader's own word first; a host without one is guessed from the layout of its directories. */
function platformOf(host: Host, elf: Elf, build: LoaderBuild | undefined): LoaderPlatform {
  const tuple = multiarchTuple(elf);
  const layout = tuple !== undefined && host.stat(`/usr/lib/${tuple}`) !== undefined ? 'multiarch' : 'lib64';
  const platform = loaderPlatform(elf, layout);
  return build === undefined ? platform : { ...platform, directories: build.directories, lib: build.lib };
}

/** Undefined where the processor is not known: a root directory may run on any. */
function processorOf(host: Host, build: LoaderBuild | undefined): LoaderProcessor | undefined {
  const { older, newer } = processors.of(host, () => readProcessors(host));
  return build?.searchesLegacy === true ? older : newer;
}

interface Processors {
  readonly older: LoaderProcessor | undefined;
  readonly newer: LoaderProcessor | undefined;
}

const processors = new KeptPerHost<Processors>();

function readProcessors(host: Host): Processors {
  // Of a plan over a root, too, the kernel's files tell of another machine and are refused.
  const cpuinfo = host.kind === 'rooted' ? undefined : ifReadable(() => textOfFile(host, '/proc/cpuinfo'));
  if (cpuinfo === undefined) return { older: undefined, newer: undefined };
  const older = processorOfCpuinfo(cpuinfo);
  return { older, newer: withoutLegacy(older) };
}

function isFile(host: Host, path: string): boolean {
  return host.stat(path)?.type === 'file';
}
