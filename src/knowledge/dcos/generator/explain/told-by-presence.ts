import type { Chunk, Switch } from '../../../../formats/dcos-template/template.ts';
import { allPaths, saidPaths } from './said-paths.ts';

/** A case of a switch that the files of a package tell, and a file that is there for it. */
export interface ToldCase {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/**
 * The switches of a template whose case is told by which files there are: a package holds what its template said, all
 * of it and nothing else. A case that says a file that is missing was not taken, nor one without a file that is there.
 */
export function toldByPresence(chunks: readonly Chunk[], isThere: (path: string) => boolean): ToldCase[] {
  const total = counted(allPaths(chunks));
  return switchesOf(chunks).flatMap(({ name, cases }) => {
    const bodies = Array.from(cases, ([value, body]) => ({ value, body, paths: new Set(allPaths(body)) }));
    const within = counted([...cases.values()].flatMap(allPaths));
    if (within.size === 0) return [];
    const isElsewhere = (path: string) => (total.get(path) ?? 0) > (within.get(path) ?? 0);
    const possible = bodies.filter(({ body, paths }) => {
      const isForeign = (path: string) => !paths.has(path) && !isElsewhere(path) && isThere(path);
      return certainPaths(body).every(isThere) && ![...within.keys()].some(isForeign);
    });
    const [only, ...more] = possible;
    const path = only === undefined ? undefined : [...only.paths].find(isThere);
    return only === undefined || more.length > 0 || path === undefined
      ? []
      : [{ name, value: only.value, path }];
  });
}

function counted(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

/** Those that are not within a case of another. */
function switchesOf(chunks: readonly Chunk[]): Switch[] {
  return chunks.filter((chunk) => chunk.kind === 'switch');
}

/** The paths that a case says whatever the switches in it. */
function certainPaths(body: readonly Chunk[]): string[] {
  return saidPaths(body.filter((chunk) => chunk.kind !== 'switch'));
}
