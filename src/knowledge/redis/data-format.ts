import { posix } from 'node:path';
import { findTexts } from '../../formats/elf/find-text.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { Host } from '../../host/host.ts';
import { withFile } from '../../host/with-file.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { type Configuration, linesNamed } from '../configured-program/configuration.ts';
import type { StateFile, StateFormats } from '../configured-program/state-formats.ts';
import type { CheckDescription } from '../knowledge.ts';
import type { RedisServer } from './redis-server.ts';

export const DATA_CHECK: CheckDescription = {
  id: 'redis-data',
  title: "The dump on disk is one that tomorrow's server reads",
  explains:
    'A dump (dbfilename, and the base of an append-only file) begins with the number of its format. A server reads its own ' +
    'and all older formats; one above ends its start: "Can\'t handle RDB format version". So going back to an older server ' +
    'wants the dump of before. The number that a server writes is known by its release, and its release is the highest ' +
    "number of the kind among its program's texts. The check is silent when every dump is read, today's by tomorrow's " +
    "server and tomorrow's by today's.",
};

/** RDB_VERSION by release, the first that has it. Source: src/rdb.h of Redis and of Valkey. */
const FORMATS: Readonly<
  Record<RedisServer['name'], readonly (readonly [release: number, format: number])[]>
> = {
  Redis: [
    [400, 8],
    [500, 9],
    [700, 10],
    [702, 11],
    [704, 12],
  ],
  Valkey: [[702, 11]],
};
/** The last release of which the table tells. */
const LAST_KNOWN = { Redis: 800, Valkey: 801 };

/** The dumps of a server, and the formats that its release reads. */
export function dataFormat(
  { host, loaded }: ServiceStart,
  server: RedisServer,
  configuration: Configuration,
  directory: string,
): StateFormats {
  const release = loaded === undefined ? undefined : releaseOf(host, loaded.closure.program);
  const number = release === undefined ? undefined : numberOf(release);
  const format =
    number === undefined || number > LAST_KNOWN[server.name]
      ? undefined
      : FORMATS[server.name].findLast(([since]) => since <= number)?.[1];
  return {
    check: DATA_CHECK,
    program: `${server.name} ${release ?? ''}`.trim(),
    found: dumpsOf(host, configuration, directory),
    knows: format === undefined ? undefined : { from: 1, to: format },
    refusal: (found) => `Can't handle RDB format version ${found}.`,
  };
}

/** In the tables of commands stand releases, too, and none that is newer than the server. */
function releaseOf(
  host: Host,
  { realPath, elf }: { realPath: string; elf: Parameters<typeof findTexts>[1] },
): string | undefined {
  const found = withFile(host, realPath, (file) =>
    findTexts(file, elf, /(?<=\0)\d{1,2}\.\d{1,2}\.\d{1,3}(?=\0)/g),
  );
  return [...found].toSorted((one, other) => numberOf(one) - numberOf(other)).at(-1);
}

/** 702 of 7.2.4. */
function numberOf(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major * 100 + minor;
}

function dumpsOf(host: Host, configuration: Configuration, directory: string): StateFile[] {
  const value = (name: string, byDefault: string): string =>
    linesNamed(configuration, name).at(-1)?.words[0]?.text ?? byDefault;
  const appended = posix.resolve(directory, value('appenddirname', 'appendonlydir'));
  const bases = (ifReadable(() => host.list(appended)) ?? []).filter((name) => name.endsWith('.base.rdb'));
  const paths = [
    posix.resolve(directory, value('dbfilename', 'dump.rdb')),
    ...bases.map((name) => `${appended}/${name}`),
  ];
  return paths.flatMap((path) => {
    const format = ifReadable(() => formatOf(host, path));
    return format === undefined ? [] : [{ path, format }];
  });
}

/** `REDIS0010`, and `VALKEY080` from Valkey 9 on. */
function formatOf(host: Host, path: string): number | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  const head = withFile(host, path, (file) => Buffer.from(file.read(0, 9)).toString('latin1'));
  const digits = /^(?:REDIS(\d{4})|VALKEY(\d{3}))$/.exec(head);
  return digits === null ? undefined : Number(digits[1] ?? digits[2]);
}
