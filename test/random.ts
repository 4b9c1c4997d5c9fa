/** Numbers from 0 to 1 that a seed decides. Source: mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of them, in the order in which they stand. */
export function sample<T>(all: readonly T[], size: number, random: () => number): T[] {
  const left = all.map((_, index) => index);
  const taken: number[] = [];
  while (taken.length < size && left.length > 0) {
    taken.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return all.filter((_, index) => taken.includes(index));
}
