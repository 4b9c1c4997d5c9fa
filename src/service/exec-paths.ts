import { isWithin } from '../text/is-within.ts';
import type { Place } from '../text/place.ts';
import type { LoadedUnit } from './load-unit.ts';

/** A directory of a line `NoExecPaths=` or `ExecPaths=`. */
export interface ExecPath {
  readonly path: string;
  readonly allowed: boolean;
  readonly place: Place;
}

/** What a unit says of executing files: the nearest directory above a file counts. Source: systemd.exec(5), ExecPaths=. */
export interface ExecPaths {
  readonly count: number;
  /** The line that forbids to execute a file, or to map it as a library; undefined where none does. */
  readonly forbidding: (file: string) => ExecPath | undefined;
}

export function execPaths({ assignments }: Pick<LoadedUnit, 'assignments'>): ExecPaths {
  const paths = [...pathsOf(assignments, 'NoExecPaths', false), ...pathsOf(assignments, 'ExecPaths', true)];
  return {
    count: paths.length,
    forbidding: (file) => {
      const nearest = paths
        .filter(({ path }) => isWithin(file, path))
        .sort((a, b) => b.path.length - a.path.length)[0];
      return nearest?.allowed === false ? nearest : undefined;
    },
  };
}

function pathsOf(all: LoadedUnit['assignments'], directive: string, allowed: boolean): ExecPath[] {
  const assignments = all.filter(({ section, key }) => section === 'Service' && key === directive);
  const lastReset = assignments.findLastIndex(({ value }) => value.length === 0);
  return assignments.slice(lastReset + 1).flatMap(({ value, place }) =>
    value
      .toString()
      .split(/\s+/)
      .map((word) => word.replace(/^[-+]+/, ''))
      .filter((path) => path.startsWith('/'))
      .map((path) => ({ path: path.length > 1 ? path.replace(/\/+$/, '') : path, allowed, place })),
  );
}
