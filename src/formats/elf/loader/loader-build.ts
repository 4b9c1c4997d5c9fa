/** What was compiled into one dynamic loader of glibc, read out of its own file. */
export interface LoaderBuild {
  /** `2.36`; undefined before 2.33, which does not say it. */
  readonly version: string | undefined;
  /** The directories searched last and trusted by programs with privileges. */
  readonly directories: readonly string[];
  /** What `$LIB` stands for. */
  readonly lib: string;
  /** It searches `glibc-hwcaps` (since 2.33). */
  readonly searchesHwcaps: boolean;
  /** It searches the older subdirectories, `tls` and the like (until 2.36). */
  readonly searchesLegacy: boolean;
}

/**
 * Reads the texts of a loader: the default directories stand one behind the other, each with a slash at its end
 * (glibc, elf/gen-trusted-dirs.awk). Undefined when they are not there: another loader than glibc's.
 */
export function readLoaderBuild(bytes: Uint8Array): LoaderBuild | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const runs = [...text.matchAll(DIRECTORIES)].map(([, run = '']) => run.split('\0').slice(0, -1));
  const longest = runs.reduce<string[]>((best, run) => (run.length > best.length ? run : best), []);
  const directories = longest.map((directory) => directory.replace(/\/$/, ''));
  const [first] = directories;
  if (first === undefined) return undefined;
  const version = /stable release version (\d+\.\d+)/.exec(text)?.[1];
  return {
    version,
    directories,
    lib: first.replace(/^\/(?:usr\/)?/, ''),
    searchesHwcaps: text.includes('x86-64-v4:x86-64-v3') || text.includes('glibc-hwcaps'),
    searchesLegacy: version === undefined || Number(version.split('.')[1]) < 37,
  };
}

const DIRECTORIES = /\0((?:\/(?:usr\/)?lib[!-~]*\/\0)+)/g;
