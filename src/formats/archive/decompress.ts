import { gunzipSync } from 'node:zlib';
import { decodeXz, isXz } from '../xz/decode-xz.ts';
import { MalformedArchive } from './malformed-archive.ts';

/** Held in memory while it is looked at. */
const MAX_UNPACKED = 2 ** 30;
/** Programs shrink to a third, logs to a thirtieth. What shrinks to less than this was made to be a burden. */
const MAX_RATIO = 250;
/** Small things may shrink to nothing. */
const RATIO_COUNTS_FROM = 64 * 1024 * 1024;

const ANEW = 'Pack it anew: with gzip or xz, or not compressed at all.';
const OTHERS: readonly (readonly [name: string, magic: string])[] = [
  ['zstd', '28b52ffd'],
  ['bzip2', '425a68'],
  ['lzip', '4c5a4950'],
  ['lzma', '5d0000'],
];

/**
 * The bytes of what may be compressed with gzip or xz. Throws `MalformedArchive` for what is damaged or cut off, for other
 * compressions, and, before there is more of it than may be, for what grows too large.
 */
export function decompress(bytes: Uint8Array): Uint8Array {
  const most = Math.min(MAX_UNPACKED, Math.max(RATIO_COUNTS_FROM, bytes.length * MAX_RATIO));
  const allow = (size: number): void => {
    if (size > most) throw tooLarge(bytes.length, most);
  };
  if (isXz(bytes)) return decodeXz(bytes, allow);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzip(bytes, most);
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  const other = OTHERS.find(([, magic]) => start.startsWith(magic));
  if (other !== undefined)
    throw new MalformedArchive(`it is compressed with ${other[0]}, which is not read here`, ANEW);
  if (bytes.length > MAX_UNPACKED) throw tooLarge(bytes.length, MAX_UNPACKED);
  return bytes;
}

function gunzip(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytes.length, most);
    throw new MalformedArchive(
      code === 'Z_BUF_ERROR'
        ? 'it ends in the middle of its compressed data'
        : 'its compressed data is damaged',
    );
  }
}

function tooLarge(packed: number, most: number): MalformedArchive {
  return most === MAX_UNPACKED
    ? new MalformedArchive(
        `it unpacks to more than ${MAX_UNPACKED} bytes`,
        'Unpack it yourself, and name the directory: replacement: directory:',
      )
    : new MalformedArchive(
        `its ${packed} bytes unpack to more than ${most}: no program shrinks like that`,
        'If you trust it, unpack it yourself, look at what it makes, and name the directory: replacement: directory:',
      );
}
