import { type Outside, type Strayed, sameValue, type Value } from './value.ts';

/** Eight bytes of memory at an address divisible by eight: bits, of which only some bytes are `known` (a bit each). */
export type Cell = Bits | Outside | Strayed;

interface Bits {
  readonly bits: bigint;
  readonly known: number;
}

export const UNKNOWN: Cell = { bits: 0n, known: 0 };

export function cellOf(value: Value): Cell {
  if (typeof value === 'bigint') return { bits: value, known: 0xff };
  return value ?? UNKNOWN;
}

/** The whole of a cell as a value. */
export function valueOf(cell: Cell): Value {
  if (!('bits' in cell)) return cell;
  return cell.known === 0xff ? cell.bits : undefined;
}

/** `size` bytes from byte `from` on, if all are known. */
export function bytesIn(cell: Cell, from: number, size: number): bigint | undefined {
  const wanted = mask(from, size);
  if (!('bits' in cell) || (cell.known & wanted) !== wanted) return undefined;
  return BigInt.asUintN(size * 8, cell.bits >> BigInt(from * 8));
}

export function withBytes(cell: Cell, from: number, size: number, value: bigint | undefined): Cell {
  const { bits, known } = 'bits' in cell ? cell : { bits: 0n, known: 0 };
  const changed = mask(from, size);
  const kept = bits & ~spread(changed);
  if (value === undefined) return { bits: kept, known: known & ~changed };
  return { bits: kept | (BigInt.asUintN(size * 8, value) << BigInt(from * 8)), known: known | changed };
}

export function withoutBytes(cell: Cell, bytes: number): Cell {
  if (!('bits' in cell)) return UNKNOWN;
  return { bits: cell.bits & ~spread(bytes), known: cell.known & ~bytes };
}

/** The bytes that both cells agree on. */
export function common(one: Cell, other: Cell): Cell {
  if (!('bits' in one) || !('bits' in other)) return sameCell(one, other) ? one : UNKNOWN;
  let known = one.known & other.known;
  const difference = one.bits ^ other.bits;
  for (let byte = 0; byte < 8; byte += 1) {
    if (((difference >> BigInt(byte * 8)) & 0xffn) !== 0n) known &= ~(1 << byte);
  }
  return { bits: one.bits & spread(known), known };
}

export function sameCell(one: Cell, other: Cell): boolean {
  if (!('bits' in one) || !('bits' in other))
    return !('bits' in one || 'bits' in other) && sameValue(one, other);
  return one.known === other.known && one.bits === other.bits;
}

/** The bytes of a cell from `from` on, a bit each. */
export function mask(from: number, size: number): number {
  return ((1 << size) - 1) << from;
}

function spread(bytes: number): bigint {
  if (bytes === 0xff) return 0xffff_ffff_ffff_ffffn;
  let bits = 0n;
  for (let byte = 7; byte >= 0; byte -= 1) bits = (bits << 8n) | (((bytes >> byte) & 1) === 1 ? 0xffn : 0n);
  return bits;
}
