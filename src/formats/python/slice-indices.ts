import type { ExprNode } from 'py-ast';
import { raise } from './make.ts';
import { integerOf } from './native-arguments.ts';
import type { Expression } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { ShownAt } from './show.ts';

/** Which items of a sequence a slice takes. */
export interface SliceIndices {
  /** The first one, and the one before which (or behind which, for a negative step) it ends. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** What `slice(…).indices(length)` says. */
export function indicesOf(
  slice: Expression<'Slice'>,
  length: number,
  scope: Scope,
  where: ShownAt,
): SliceIndices {
  const bound = (node: ExprNode | undefined) => {
    if (node === undefined) return undefined;
    const value = where.interpreter.evaluate(node, scope);
    return value.kind === 'none' ? undefined : integerOf(value, where);
  };
  const step = bound(slice.step) ?? 1;
  if (step === 0) raise('ValueError', 'slice step cannot be zero', where.at);
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (index: number) => Math.min(highest, Math.max(lowest, index < 0 ? index + length : index));
  const lower = bound(slice.lower);
  const upper = bound(slice.upper);
  return {
    from: lower === undefined ? (step > 0 ? lowest : highest) : clamp(lower),
    to: upper === undefined ? (step > 0 ? highest : lowest) : clamp(upper),
    step,
  };
}

/** The items that the indices take. */
export function taken<Item>(items: readonly Item[], { from, to, step }: SliceIndices): Item[] {
  if (step === 1) return items.slice(from, Math.max(from, to));
  const found: Item[] = [];
  for (let index = from; step > 0 ? index < to : index > to; index += step) {
    const item = items[index];
    if (item !== undefined) found.push(item);
  }
  return found;
}
