import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { Closure } from '../../formats/elf/loader/resolve-closure.ts';

/** A library of one name that is another file tomorrow. */
export interface ChangedObject {
  readonly was: LoadedObject;
  readonly is: LoadedObject;
}

/** The libraries that the programs of today and of tomorrow both load, and not as the same file. */
export function changedObjects(before: Closure, after: Closure): ChangedObject[] {
  const old = new Map(before.objects.slice(1).map((object) => [object.name, object]));
  return after.objects.slice(1).flatMap((is) => {
    const was = old.get(is.name);
    return was === undefined || isSameFile(was, is) ? [] : [{ was, is }];
  });
}

/** By their build ids, where both have one. */
export function isSameFile(was: LoadedObject, is: LoadedObject): boolean {
  const [a, b] = [was.elf.buildId, is.elf.buildId];
  return a === undefined || b === undefined ? was.realPath === is.realPath : a === b;
}
