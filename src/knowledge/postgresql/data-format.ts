import { textOfFile } from '../../host/text-of-file.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { Host } from '../../host/host.ts';
import type { StateFormats } from '../configured-program/state-formats.ts';
import type { CheckDescription } from '../knowledge.ts';

export const DATA_CHECK: CheckDescription = {
  id: 'postgresql-data',
  title: "The data directory is one of tomorrow's PostgreSQL",
  explains:
    'A data directory belongs to one major release, which initdb(1) writes to its PG_VERSION: any other server ends with ' +
    '"database files are incompatible with server". Between major releases the data has to be brought over with ' +
    'pg_upgrade(1) or by a dump and a restore; within one, servers of all minor releases read it. The check is silent when ' +
    'the major release is the same, and where no data directory is known.',
};

/** The format of a data directory is the major release that made it. Source: checkDataDir() and ValidatePgVersion() of PostgreSQL 15. */
export function dataFormat(
  host: Host,
  directory: string | undefined,
  release: string | undefined,
): StateFormats {
  const path = `${directory ?? ''}/PG_VERSION`;
  const text = directory === undefined ? undefined : ifReadable(() => textOfFile(host, path, 1024));
  const format = text === undefined ? undefined : majorOf(text.trim());
  const major = release === undefined ? undefined : majorOf(release);
  return {
    check: DATA_CHECK,
    program: `PostgreSQL ${release ?? ''}`.trim(),
    found: format === undefined ? [] : [{ path, format }],
    knows: major === undefined ? undefined : { from: major, to: major },
    refusal: () => 'FATAL:  database files are incompatible with server.',
  };
}

/** 9.6 of 9.6.24, 15 of 15.18; undefined for what is no release. */
function majorOf(release: string): number | undefined {
  const match = /^(\d+)(?:\.(\d+))?/.exec(release);
  if (match === null) return undefined;
  return Number(match[1]) < 10 ? Number(`${match[1]}.${match[2] ?? 0}`) : Number(match[1]);
}
