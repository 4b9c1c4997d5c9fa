/** The address of something in another library, which has none while a file lies on disk. */
export interface Outside {
  readonly outside: string;
}

/** Not known, but an address in memory went into it: of a watched object, or `SOMEWHERE`, or `ANYWHERE`. */
export interface Strayed {
  readonly strayed: object;
}

/** In memory that is followed, but in no watched object. */
export const SOMEWHERE: Strayed = { strayed: { place: 'somewhere' } };

/** Read from a place that is not known: any address that is kept in memory. */
export const ANYWHERE: Strayed = { strayed: { place: 'anywhere' } };

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

/** The first address past what a process can have; far below 2^53, from where on addresses are not exact. */
export const ADDRESS_END = 2 ** 47;

/** A value as an address in memory; undefined when it is none that a process could have. */
export function asAddress(value: Value): number | undefined {
  return typeof value === 'bigint' && value < ADDRESS_END ? Number(value) : undefined;
}

export function sameValue(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  if ('outside' in one) return 'outside' in other && one.outside === other.outside;
  return 'strayed' in other && one.strayed === other.strayed;
}

export function isStrayed(value: Value): value is Strayed {
  return typeof value === 'object' && 'strayed' in value;
}
