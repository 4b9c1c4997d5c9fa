import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { Place } from '../../text/place.ts';
import type { AskedPlugin } from '../configured-program/plugin.ts';
import { parsePostgresqlConf } from './parse-postgresql-conf.ts';
import type { PostgresqlConfiguration } from './read-configuration.ts';
import type { ServerDirectories } from './server-directories.ts';

const MOST_EXTENSIONS = 2000;
const SIZE_LIMIT = 64 * 1024;

/** Settings with lists of libraries, in the order they are loaded. Source: process_shared_preload_libraries() and its like. */
const PRELOADED: readonly {
  readonly setting: string;
  readonly consequence: string;
  readonly directory?: string;
}[] = [
  { setting: 'shared_preload_libraries', consequence: 'PostgreSQL then does not start.' },
  { setting: 'session_preload_libraries', consequence: 'Every connection is then refused.' },
  {
    setting: 'local_preload_libraries',
    consequence: 'Every connection is then refused.',
    directory: '$libdir/plugins',
  },
  { setting: 'archive_library', consequence: 'The archiver then fails, and WAL piles up.' },
  { setting: 'oauth_validator_libraries', consequence: 'Every login by OAuth is then refused.' },
];

/** The libraries that the settings have loaded, then those of the extensions that are there to be created. */
export function askedLibraries(
  host: Host,
  configuration: PostgresqlConfiguration,
  { libraries, share }: ServerDirectories,
): AskedPlugin[] {
  const path = configuration.setting('dynamic_library_path')?.words[0]?.text ?? '$libdir';
  const find = (name: string): string => libraryFile(host, name, path, libraries ?? '$libdir');
  const preloaded = PRELOADED.flatMap(({ setting, consequence, directory }): AskedPlugin[] => {
    const word = configuration.setting(setting)?.words[0];
    return namesIn(word?.text ?? '').map((name) => {
      const asked = directory === undefined || name.includes('/') ? name : `${directory}/${name}`;
      const place = word?.place ?? { file: '', line: 1, column: 1 };
      return { name, file: find(asked), place, directive: setting, severity: 'blocker', consequence };
    });
  });
  const extensions = share === undefined ? [] : extensionLibraries(host, `${share}/extension`);
  return [
    ...preloaded,
    ...jitProvider(configuration, (file) => isFile(host, file), libraries),
    ...extensions.map(
      ({ extension, library, place }): AskedPlugin => ({
        name: library,
        file: find(library),
        place,
        directive: 'module_pathname',
        severity: 'warning',
        consequence: `Where the extension ${extension} was created, its functions then fail.`,
      }),
    ),
  ];
}

/**
 * What compiles queries, taken from $libdir alone when the first query is worth it. Without a file the server says nothing and
 * compiles none. Source: provider_init() in src/backend/jit/jit.c.
 */
function jitProvider(
  configuration: PostgresqlConfiguration,
  isThere: (file: string) => boolean,
  libdir: string | undefined,
): AskedPlugin[] {
  const isOff = /^(?:of|off|f|fa|fal|fals|false|n|no|0)$/i.test(
    configuration.setting('jit')?.words[0]?.text ?? 'on',
  );
  const word = configuration.setting('jit_provider')?.words[0];
  const name = word?.text ?? 'llvmjit';
  const file = `${libdir ?? '$libdir'}/${name}.so`;
  if (isOff || (word === undefined && !isThere(file))) return [];
  const place = word?.place ?? { how: 'jit_provider=llvmjit, the default, asks for it' };
  const consequence =
    'Queries that are worth compiling then fail, or none is compiled where there is no file.';
  return [{ name, file, place, directive: 'jit_provider', severity: 'warning', consequence }];
}

/** A list with commas; in double quotes a name may hold anything. Source: SplitDirectoriesString(). */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\s*(?:"((?:""|[^"])*)"|([^,]*))\s*(?:,|$)/g)]
    .map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare?.trim() ?? '')
    .filter((name) => name !== '');
}

/** A name with a slash as it is, another along the path; with `.so` when there is none without. Source: dfmgr.c. */
function libraryFile(host: Host, name: string, searchPath: string, libdir: string): string {
  const expand = (text: string): string => text.replace(/^\$libdir(?=\/|$)/, () => libdir);
  const directories = name.includes('/') ? [undefined] : searchPath.split(':');
  const candidates = directories.flatMap((directory) => {
    const file = expand(directory === undefined ? name : `${directory}/${name}`);
    return [file, `${file}.so`];
  });
  const found = candidates.find((file) => isFile(host, file));
  return posix.normalize(found ?? candidates[1] ?? name);
}

function isFile(host: Host, path: string): boolean {
  return ifReadable(() => host.stat(path))?.type === 'file';
}

function extensionLibraries(
  host: Host,
  directory: string,
): { extension: string; library: string; place: Place }[] {
  const controls = (ifReadable(() => host.list(directory)) ?? []).filter((name) => name.endsWith('.control'));
  return controls.slice(0, MOST_EXTENSIONS).flatMap((name) => {
    const path = `${directory}/${name}`;
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(path, SIZE_LIMIT))) ?? '';
    const { lines } = parsePostgresqlConf(path, text);
    const word = lines.findLast((line) => line.name === 'module_pathname')?.words[0];
    if (word === undefined) return [];
    return [{ extension: name.replace(/(?:--.*)?\.control$/, ''), library: word.text, place: word.place }];
  });
}
