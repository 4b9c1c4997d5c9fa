import type { Chunk, Switch } from '../../../../formats/dcos-template/template.ts';
import { saidPaths } from './said-paths.ts';

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
  return switchesOf(chunks).flatMap(({ name, cases }) => {
    const possible = [...cases].filter(([value, body]) => {
      const others = [...cases].filter(([other]) => other !== value).flatMap(([, chunk]) => saidPaths(chunk));
      const own = new Set(saidPaths(body));
      const elsewhere = new Set(
        saidPaths(chunks.filter((chunk) => chunk.kind !== 'switch' || chunk.cases !== cases)),
      );
      const isForeign = (path: string) => !own.has(path) && !elsewhere.has(path) && isThere(path);
      return certainPaths(body).every(isThere) && !others.some(isForeign);
    });
    const [only, ...more] = possible;
    const path = only === undefined ? undefined : saidPaths(only[1]).find(isThere);
    return only === undefined || more.length > 0 || path === undefined
      ? []
      : [{ name, value: only[0], path }];
  });
}

/** Those that are not within a case of another. */
function switchesOf(chunks: readonly Chunk[]): Switch[] {
  return chunks.filter((chunk) => chunk.kind === 'switch');
}

/** The paths that a case says whatever the switches in it. */
function certainPaths(body: readonly Chunk[]): string[] {
  return saidPaths(body.filter((chunk) => chunk.kind !== 'switch'));
}
