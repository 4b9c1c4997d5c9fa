import type { Random } from './random.ts';

/** A sound file, and the stretches of it where damage hurts most. */
export interface Sound {
  readonly path: string;
  readonly bytes: Buffer;
  readonly tender: readonly { readonly offset: number; readonly length: number }[];
}

const WORDS = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  0x7fffffffffffffffn,
  0xffffffffffffffffn,
] as const;

/** A damaged copy: a few changed bytes and words, mostly where they hurt; sometimes cut, copied over or blanked. */
export function mutate({ bytes, tender }: Sound, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const changes = 1 + random.below(6);
  for (let change = 0; change < changes; change += 1) damage(copy, placeIn(bytes, tender, random), random);
  return random.below(8) === 0 ? copy.subarray(0, random.below(copy.length + 1)) : copy;
}

function placeIn(bytes: Buffer, tender: Sound['tender'], random: Random): number {
  const stretch = random.below(8) === 0 ? undefined : tender[random.below(tender.length)];
  if (stretch === undefined) return random.below(bytes.length);
  return Math.min(bytes.length - 1, stretch.offset + random.below(stretch.length));
}

function damage(copy: Buffer, at: number, random: Random): void {
  switch (random.below(6)) {
    case 0:
      copy[at] = random.below(256);
      break;
    case 1:
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      break;
    case 2: {
      const from = random.below(copy.length);
      copy.copy(copy, at, from, Math.min(copy.length, from + 1 + random.below(64)));
      break;
    }
    case 3:
      copy.fill(random.oneOf([0, 0xff]), at, Math.min(copy.length, at + 1 + random.below(32)));
      break;
    default:
      putWord(copy, at, random);
  }
}

/** A word of 2, 4 or 8 bytes at a place divisible by its size: a limit, a size of the file, or near what was there. */
function putWord(copy: Buffer, at: number, random: Random): void {
  const size = random.oneOf([2, 4, 8]);
  const aligned = Math.min(at - (at % size), copy.length - size);
  if (aligned < 0) return;
  const near = BigInt(copy[aligned] ?? 0) + BigInt(random.below(5)) - 2n;
  const value = random.oneOf([
    random.oneOf(WORDS),
    BigInt(copy.length),
    BigInt(random.below(copy.length)),
    near,
  ]);
  const word = BigInt.asUintN(size * 8, value);
  if (size === 2) copy.writeUInt16LE(Number(word), aligned);
  else if (size === 4) copy.writeUInt32LE(Number(word), aligned);
  else copy.writeBigUInt64LE(word, aligned);
}
