import type { Spec } from './spec.ts';
import type { SpecProblem } from './spec-problems.ts';
import { above } from './above.ts';

/** Paths of a spec that lie below another of its paths, which is to be a file or to be gone. */
export function belowPlannedFile({ files, libraries, state }: Spec): SpecProblem[] {
  const written = new Set([...files, ...libraries].map(({ path }) => path));
  const removed = new Set(state.remove);
  const problemOf = (path: string, at: SpecProblem['path']): SpecProblem[] => {
    const parents = above(path);
    const file = parents.find((parent) => written.has(parent));
    if (file !== undefined) return [{ path: at, message: `${path} is below ${file}, which is to be a file` }];
    const gone = parents.find((parent) => removed.has(parent));
    if (gone === undefined) return [];
    return [{ path: at, message: `${path} is below ${gone}, which is under state: remove:` }];
  };
  return [
    ...files.flatMap(({ path }, index) => problemOf(path, ['files', index, 'path'])),
    ...libraries.flatMap(({ path }, index) => problemOf(path, ['libraries', index, 'path'])),
    ...state.remove.flatMap((path, index) => problemOf(path, ['state', 'remove', index])),
  ];
}
