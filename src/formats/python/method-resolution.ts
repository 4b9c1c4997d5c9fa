import type { PyClass, PyNative } from './value.ts';

type Ancestor = PyClass | PyNative;

/** The order in which a class's bases and their ancestors are searched (C3), or undefined where there is none. */
export function linearizedAncestors(bases: readonly Ancestor[]): Ancestor[] | undefined {
  const pending = [...bases.map((base) => [...lineage(base)]), [...bases]];
  const order: Ancestor[] = [];
  for (;;) {
    const open = pending.filter((list) => list.length > 0);
    if (open.length === 0) return order;
    const next = open
      .map((list) => list[0])
      .find((head) => head !== undefined && !open.some((list) => isBehindFirst(list, head)));
    if (next === undefined) return undefined;
    order.push(next);
    for (const list of open) {
      const [first] = list;
      if (first !== undefined && isSameAncestor(first, next)) list.shift();
    }
  }
}

/** A class and the ones behind it. */
export function lineage(type: Ancestor): readonly Ancestor[] {
  return type.kind === 'class' ? [type, ...type.ancestors] : [type];
}

function isBehindFirst(list: readonly Ancestor[], ancestor: Ancestor): boolean {
  return list.some((other, index) => index > 0 && isSameAncestor(other, ancestor));
}

export function isSameAncestor(a: Ancestor, b: Ancestor): boolean {
  return a.kind === 'native' && b.kind === 'native' ? a.name === b.name : a === b;
}
