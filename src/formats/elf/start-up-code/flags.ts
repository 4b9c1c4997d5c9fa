import { signed, type Value } from './value.ts';

/**
 * The condition flags as what they came from: the comparison of two numbers of `size` bytes. Of a `result` only
 * its being zero and its sign are known. Undefined: nothing is known.
 */
export type Flags =
  | { readonly kind: 'compared'; readonly left: bigint; readonly right: bigint; readonly size: number }
  | { readonly kind: 'result'; readonly value: bigint; readonly size: number }
  | undefined;

export function compared(left: Value, right: Value, size: number): Flags {
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined;
  return { kind: 'compared', left, right, size };
}

/** and, or, xor, test leave carry and overflow clear, as a comparison with zero does. */
export function logicalResult(value: Value, size: number): Flags {
  return compared(value, 0n, size);
}

export function plainResult(value: Value, size: number): Flags {
  return typeof value === 'bigint' ? { kind: 'result', value, size } : undefined;
}

/** Whether the condition in the low four bits of an opcode holds (Intel SDM, appendix B); undefined: not known. */
export function holds(flags: Flags, condition: number): boolean | undefined {
  if (flags === undefined) return undefined;
  const plain = flags.kind === 'compared' ? comparison(flags, condition >> 1) : result(flags, condition >> 1);
  return plain === undefined ? undefined : plain !== ((condition & 1) === 1);
}

function comparison(flags: Extract<Flags, { kind: 'compared' }>, condition: number): boolean | undefined {
  const { left, right, size } = flags;
  const [signedLeft, signedRight] = [signed(left, size), signed(right, size)];
  const difference = signed(left - right, size);
  switch (condition) {
    case 0:
      return difference !== signedLeft - signedRight;
    case 1:
      return left < right;
    case 2:
      return left === right;
    case 3:
      return left <= right;
    case 4:
      return difference < 0n;
    case 6:
      return signedLeft < signedRight;
    case 7:
      return signedLeft <= signedRight;
    default:
      return undefined;
  }
}

function result(flags: Extract<Flags, { kind: 'result' }>, condition: number): boolean | undefined {
  if (condition === 2) return flags.value === 0n;
  return condition === 4 ? signed(flags.value, flags.size) < 0n : undefined;
}

export function sameFlags(one: Flags, other: Flags): boolean {
  if (one?.kind === 'compared' && other?.kind === 'compared') {
    return one.left === other.left && one.right === other.right && one.size === other.size;
  }
  if (one?.kind === 'result' && other?.kind === 'result') {
    return one.value === other.value && one.size === other.size;
  }
  return one === other;
}
