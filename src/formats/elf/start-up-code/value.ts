/** The address of something in another library, which has none while a file lies on disk. */
export interface Outside {
  readonly outside: string;
}

/** Not known, but it can be the address of an object that is watched, or be computed from it. */
export interface Strayed {
  readonly strayed: object;
}

/** What a register or word holds: bits (unsigned), a place in another library, or undefined: not known. */
export type Value = bigint | Outside | Strayed | undefined;

/** The low `size` bytes. What is not plain bits survives only whole. */
export function truncated(value: Value, size: number): Value {
  if (typeof value === 'bigint') return BigInt.asUintN(size * 8, value);
  return size === 8 ? value : undefined;
}

export function signed(value: bigint, size: number): bigint {
  return BigInt.asIntN(size * 8, value);
}

/** A value as an address in memory; undefined when it is none that this machine could have. */
export function asAddress(value: Value): number | undefined {
  return typeof value === 'bigint' && value < 2n ** 53n ? Number(value) : undefined;
}

export function sameValue(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  if ('outside' in one) return 'outside' in other && one.outside === other.outside;
  return 'strayed' in other && one.strayed === other.strayed;
}
