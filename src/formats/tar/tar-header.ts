import { MalformedArchive } from '../archive/malformed-archive.ts';

export const BLOCK = 512;

/** One header block of a tar archive, its fields as they stand there. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
export interface TarHeader {
  readonly name: Uint8Array;
  readonly mode: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** One character; `\0` of old archives is `0`. */
  readonly type: string;
  readonly linkName: Uint8Array;
}

/** Reads the header at `at`; undefined for a block of zeros. Throws `MalformedArchive` for what is no header. */
export function readTarHeader(bytes: Uint8Array, at: number): TarHeader | undefined {
  const block = bytes.subarray(at, at + BLOCK);
  if (block.length < BLOCK)
    throw new MalformedArchive(`it ends after ${bytes.length} bytes, without its end mark: it was cut off`);
  if (block.every((byte) => byte === 0)) return undefined;
  const damaged = (): never => {
    throw new MalformedArchive(`its header at byte ${at} is damaged`);
  };
  if (numberAt(block, 148, 8) !== sumOf(block)) damaged();
  const magic = Buffer.from(block.subarray(257, 263)).toString('latin1');
  const hasPrefix = magic === 'ustar\0'; // GNU's magic is "ustar  \0", and it has times where the prefix would be
  const name = field(block, 0, 100);
  const prefix = hasPrefix ? field(block, 345, 155) : new Uint8Array();
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]),
    mode: numberAt(block, 100, 8) ?? damaged(),
    size: numberAt(block, 124, 12) ?? damaged(),
    mtime: numberAt(block, 136, 12) ?? 0,
    type: type === '\0' ? '0' : type,
    linkName: field(block, 157, 100),
  };
}

/** Every byte added up, those of the sum itself taken for blanks. */
function sumOf(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

function field(block: Uint8Array, from: number, size: number): Uint8Array {
  const bytes = block.subarray(from, from + size);
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** Octal digits, or GNU's binary form; undefined for neither and for what is too large to be true. */
function numberAt(block: Uint8Array, from: number, size: number): number | undefined {
  const bytes = Buffer.from(block.subarray(from, from + size));
  if (((bytes[0] ?? 0) & 0x80) !== 0) {
    if (bytes[0] !== 0x80) return undefined; // negative
    const value = BigInt(`0x${bytes.subarray(1).toString('hex')}`);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(bytes.toString('latin1'))?.[1];
  return digits === undefined ? undefined : digits === '' ? 0 : Number.parseInt(digits, 8);
}
