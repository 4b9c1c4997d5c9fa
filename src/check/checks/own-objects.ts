import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { Closure } from '../../formats/elf/loader/resolve-closure.ts';

/** The program and those of its libraries that the other one does not load: what tells the two apart. */
export function ownObjects(of: Closure, other: Closure): LoadedObject[] {
  const shared = new Set(other.objects.map(({ realPath }) => realPath));
  return of.objects.filter((object) => object.rule.kind === 'program' || !shared.has(object.realPath));
}
