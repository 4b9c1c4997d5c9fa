import type { Code } from './getopt-calls.ts';

/** In bytes before the call: how far its arguments are set, and how far a register that is kept through the loop. */
const NEAR = 128;
const FAR = 8192;

/** A constant address, or the address of a variable that holds it. */
export interface LoadedAddress {
  readonly how: 'constant' | 'variable';
  readonly address: number;
}

/**
 * The address that a register, by its number in the instruction set, has at `end`: what the last instruction before it
 * writes there, `lea constant(%rip)`, `mov $constant`, `mov variable(%rip)`, or a copy of a register that was loaded so
 * before a loop. Code is searched by its bytes, so the caller has to look whether something sensible lies at the address.
 */
export function loadedAddress(code: Code, end: number, register: number): LoadedAddress | undefined {
  for (let at = end - 1; at >= Math.max(0, end - NEAR); at -= 1) {
    const constant = constantInto(code, at, register);
    if (constant !== undefined) return constant;
    const from = copiedInto(code, at, register);
    if (from !== undefined) return keptAddress(code, at, from);
  }
  return undefined;
}

function keptAddress(code: Code, end: number, register: number): LoadedAddress | undefined {
  for (let at = end - 1; at >= Math.max(0, end - FAR); at -= 1) {
    const constant = constantInto(code, at, register);
    if (constant !== undefined) return constant;
  }
  return undefined;
}

/** `lea displacement(%rip),%register`, `mov displacement(%rip),%register`, and `mov $address,%register` of 32 bits. */
function constantInto(
  { address, bytes, view }: Code,
  at: number,
  register: number,
): LoadedAddress | undefined {
  if (at + 7 > bytes.length) return undefined;
  const low = register & 7;
  const isHigh = register > 7;
  const isRelative = bytes[at] === (isHigh ? 0x4c : 0x48) && bytes[at + 2] === ((low << 3) | 5);
  if (isRelative && (bytes[at + 1] === 0x8d || bytes[at + 1] === 0x8b)) {
    const how = bytes[at + 1] === 0x8d ? 'constant' : 'variable';
    return { how, address: address + at + 7 + view.getInt32(at + 3, true) };
  }
  const start = isHigh ? at + 1 : at;
  const isMove = (!isHigh || bytes[at] === 0x41) && bytes[start] === (0xb8 | low);
  const isOfHigh = !isHigh && at > 0 && bytes[at - 1] === 0x41;
  if (!isMove || isOfHigh || start + 5 > bytes.length) return undefined;
  const constant = view.getUint32(start + 1, true);
  // Small numbers are no addresses, and most of what looks like this is something else.
  return constant >= 0x1000 ? { how: 'constant', address: constant } : undefined;
}

/** `mov %other,%register` of 64 bits: the number of the other one. */
function copiedInto({ bytes }: Code, at: number, register: number): number | undefined {
  const [prefix = 0, opcode, modes = 0] = bytes.subarray(at, at + 3);
  if (opcode !== 0x89 || (prefix !== 0x48 && prefix !== 0x4c)) return undefined;
  if (modes >> 6 !== 3 || (modes & 7) !== register) return undefined;
  return ((modes >> 3) & 7) + (prefix === 0x4c ? 8 : 0);
}
