import { spawnSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { type Compression, compressionOf } from '../formats/archive/compression-of.ts';
import { MalformedArchive } from '../formats/archive/malformed-archive.ts';
import { TOOL_ENVIRONMENT } from './tool-environment.ts';

/** Held in memory while it is looked at. */
const MAX_UNPACKED = 2 ** 30;
/** Programs shrink to a third, logs to a thirtieth. What shrinks to less than this was made to be a burden. */
const MAX_RATIO = 250;
/** Small things may shrink to nothing. */
const RATIO_COUNTS_FROM = 64 * 1024 * 1024;
const MAX_MILLISECONDS = 5 * 60 * 1000;
const BY_HAND = 'unpack it yourself, look at what it makes, and name the directory: replacement: directory:';

/**
 * The bytes of what may be compressed, unpacked by zlib or by this machine's own program of that format, which gets them
 * on its standard input and none of the caller's environment. Throws `MalformedArchive` for what is damaged or cut off,
 * for what this machine has no program for, and for what grows too large, which is not unpacked further than that.
 */
export function decompress(bytes: Uint8Array): Uint8Array {
  const compression = compressionOf(bytes);
  const most = Math.min(MAX_UNPACKED, Math.max(RATIO_COUNTS_FROM, bytes.length * MAX_RATIO));
  if (compression === 'gzip') return gunzip(bytes, most);
  if (compression !== undefined) return unpackedBy(compression, bytes, most);
  if (bytes.length > MAX_UNPACKED) throw tooLarge(bytes.length, MAX_UNPACKED);
  return bytes;
}

function gunzip(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytes.length, most);
    throw new MalformedArchive(
      code === 'Z_BUF_ERROR'
        ? 'it ends in the middle of its compressed data'
        : 'its compressed data is damaged',
    );
  }
}

function unpackedBy(program: Exclude<Compression, 'gzip'>, bytes: Uint8Array, most: number): Uint8Array {
  const { status, stdout, stderr, error } = spawnSync(program, ['-dc'], {
    input: bytes,
    maxBuffer: most,
    timeout: MAX_MILLISECONDS,
    killSignal: 'SIGKILL',
    env: TOOL_ENVIRONMENT,
  });
  const code = codeOf(error);
  if (code === 'ENOENT')
    throw new MalformedArchive(
      `it is compressed with ${program}, and this machine has no program ${program} to unpack it`,
      `Install ${program}, or ${BY_HAND}`,
    );
  if (code === 'ENOBUFS') throw tooLarge(bytes.length, most);
  if (code === 'ETIMEDOUT')
    throw new MalformedArchive(
      `${program} needs more than ${MAX_MILLISECONDS / 60_000} minutes to unpack it`,
      `If you trust it, ${BY_HAND}`,
    );
  if (status === 0) return stdout;
  const [complaint = ''] = stderr.toString('utf8').trim().split('\n');
  throw new MalformedArchive(
    `its compressed data is damaged or cut off (${complaint || `${program} failed`})`,
  );
}

function tooLarge(packed: number, most: number): MalformedArchive {
  return most === MAX_UNPACKED
    ? new MalformedArchive(
        `it unpacks to more than ${MAX_UNPACKED} bytes`,
        'Unpack it yourself, and name the directory: replacement: directory:',
      )
    : new MalformedArchive(
        `its ${packed} bytes unpack to more than ${most}: no program shrinks like that`,
        `If you trust it, ${BY_HAND}`,
      );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
