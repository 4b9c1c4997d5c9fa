import { Undecidable } from './faults.ts';
import type { PySet, PyValue } from './value.ts';

/** The members of a set, by the texts that they are found by. */
export type Members = Map<string, PyValue>;

/** The members themselves, by the texts that they are found by. */
export function rawMembers({ cell }: PySet): Members {
  if (cell.spoiled !== undefined) throw new Undecidable(cell.spoiled);
  return cell.entries;
}

export type SetOperator = 'BitOr' | 'BitAnd' | 'Sub' | 'BitXor';

/** `a | b`, `a & b`, `a - b`, `a ^ b`. */
export function combined(op: SetOperator, a: Members, b: Members): Members {
  const onlyIn = (one: Members, other: Members) => [...one].filter(([key]) => !other.has(key));
  switch (op) {
    case 'BitOr':
      return new Map([...a, ...onlyIn(b, a)]);
    case 'BitAnd':
      return new Map([...a].filter(([key]) => b.has(key)));
    case 'Sub':
      return new Map(onlyIn(a, b));
    case 'BitXor':
      return new Map([...onlyIn(a, b), ...onlyIn(b, a)]);
  }
}

export function isSubset(a: Members, b: Members): boolean {
  return a.size <= b.size && [...a.keys()].every((key) => b.has(key));
}
