import type { Host } from '../host/host.ts';
import { isWithin } from '../text/is-within.ts';
import type { LoadedUnit } from './load-unit.ts';
import { type NamedFile, namedFiles } from './named-files.ts';

/** What a unit says of executing files: the nearest directory above a file counts. Source: systemd.exec(5), ExecPaths=. */
export interface ExecPaths {
  readonly count: number;
  /** The line that forbids to execute a file, or to map it as a library; undefined where none does. */
  readonly forbidding: (file: string) => NamedFile | undefined;
}

export function execPaths(host: Host, unit: LoadedUnit): ExecPaths {
  const paths = ['NoExecPaths', 'ExecPaths'].flatMap((name) =>
    namedFiles(host, unit).filter(({ directive }) => directive === name),
  );
  return {
    count: paths.length,
    forbidding: (file) => {
      const nearest = paths
        .filter(({ path }) => isWithin(file, path))
        .sort((a, b) => b.path.length - a.path.length)[0];
      return nearest?.directive === 'NoExecPaths' ? nearest : undefined;
    },
  };
}
