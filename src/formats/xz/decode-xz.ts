import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { MalformedArchive } from '../archive/malformed-archive.ts';
import { crc64 } from './crc64.ts';
import { decodeLzma2 } from './decode-lzma2.ts';
import { readNumber } from './variable-number.ts';

const HEADER = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);
const FOOTER = Buffer.from('YZ');
const EDGE = 12;
const LZMA2 = 0x21;
const DAMAGED = 'its compressed data is damaged';
const TRUNCATED = 'it ends in the middle of its compressed data';
const SIZES_OF_CHECKS: Readonly<Record<number, number>> = { 0: 0, 1: 4, 4: 8, 10: 32 };

export function isXz(bytes: Uint8Array): boolean {
  return HEADER.equals(bytes.subarray(0, HEADER.length));
}

/**
 * Decompresses a .xz file. How large the content is stands at its end, so `allow` is asked before anything is
 * decompressed: it throws what it has against a size. Every checksum in the file is compared. Throws
 * `MalformedArchive`. Source: The .xz File Format, version 1.1.0 (tukaani.org/xz/xz-file-format.txt).
 */
export function decodeXz(bytes: Uint8Array, allow: (size: number) => void): Uint8Array {
  const streams = streamsOf(bytes);
  if (streams.length === 0) throw new MalformedArchive(TRUNCATED);
  const size = streams.reduce((sum, { blocks }) => sum + sizeOf(blocks), 0);
  allow(size);
  const output = new Uint8Array(size);
  let to = 0;
  for (const { start, check, blocks } of streams) {
    let from = start + EDGE;
    for (const block of blocks) {
      decodeBlock(bytes, from, block, check, output.subarray(to, to + block.size));
      from += Math.ceil(block.unpadded / 4) * 4;
      to += block.size;
    }
  }
  return output;
}

interface Block {
  /** Bytes of header, data and check. */
  readonly unpadded: number;
  /** Bytes of content. */
  readonly size: number;
}

interface Stream {
  readonly start: number;
  readonly check: number;
  readonly blocks: readonly Block[];
}

/** The streams in a file, first to last; they are found from the end. */
function streamsOf(bytes: Uint8Array): Stream[] {
  const streams: Stream[] = [];
  let end = bytes.length;
  while (end > 0) {
    while (end > 4 && isZero(bytes, end - 4, end)) end -= 4;
    const stream = streamThatEnds(bytes, end);
    streams.unshift(stream);
    end = stream.start;
  }
  return streams;
}

function streamThatEnds(bytes: Uint8Array, end: number): Stream {
  const footer = Buffer.from(bytes.subarray(Math.max(0, end - EDGE), end));
  if (footer.length < EDGE || !footer.subarray(10).equals(FOOTER)) throw new MalformedArchive(TRUNCATED);
  if (crc32(footer.subarray(4, 10)) !== footer.readUInt32LE(0)) throw new MalformedArchive(DAMAGED);
  const indexSize = (footer.readUInt32LE(4) + 1) * 4;
  const indexStart = end - EDGE - indexSize;
  if (indexStart < EDGE) throw new MalformedArchive(DAMAGED);
  const blocks = readIndex(Buffer.from(bytes.subarray(indexStart, indexStart + indexSize)));
  const start =
    indexStart - blocks.reduce((sum, { unpadded }) => sum + Math.ceil(unpadded / 4) * 4, 0) - EDGE;
  if (start < 0) throw new MalformedArchive(DAMAGED);
  const header = Buffer.from(bytes.subarray(start, start + EDGE));
  const flags = header.subarray(6, 8);
  const isSound =
    isXz(header) && flags.equals(footer.subarray(8, 10)) && crc32(flags) === header.readUInt32LE(8);
  const check = flags[1] ?? 0;
  if (!isSound || flags[0] !== 0) throw new MalformedArchive(DAMAGED);
  if (SIZES_OF_CHECKS[check] === undefined)
    throw new MalformedArchive(`it is compressed with a checksum that is not known (${check})`);
  return { start, check, blocks };
}

function readIndex(index: Buffer): Block[] {
  const body = index.subarray(0, -4);
  if (index[0] !== 0 || crc32(body) !== index.readUInt32LE(body.length)) throw new MalformedArchive(DAMAGED);
  const count = readNumber(body, 1);
  const blocks: Block[] = [];
  let { next } = count;
  for (let left = count.value; left > 0; left -= 1) {
    const unpadded = readNumber(body, next);
    const size = readNumber(body, unpadded.next);
    blocks.push({ unpadded: unpadded.value, size: size.value });
    next = size.next;
  }
  if (body.length - next > 3 || !isZero(body, next, body.length)) throw new MalformedArchive(DAMAGED);
  return blocks;
}

function sizeOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { size }) => sum + size, 0);
}

function decodeBlock(
  bytes: Uint8Array,
  start: number,
  block: Block,
  check: number,
  output: Uint8Array,
): void {
  const headerSize = ((bytes[start] ?? 0) + 1) * 4;
  const header = Buffer.from(bytes.subarray(start, start + headerSize));
  const body = header.subarray(0, -4);
  if (headerSize < 8 || header.length < headerSize || crc32(body) !== header.readUInt32LE(body.length))
    throw new MalformedArchive(DAMAGED);
  const dictionarySize = dictionaryOf(body);
  const dataEnd = decodeLzma2(
    bytes,
    start + headerSize,
    output,
    { from: 0, to: output.length },
    dictionarySize,
  );
  const checkSize = SIZES_OF_CHECKS[check] ?? 0;
  if (dataEnd - start + checkSize !== block.unpadded) throw new MalformedArchive(DAMAGED);
  const checkAt = start + Math.ceil((dataEnd - start) / 4) * 4;
  const expected = Buffer.from(bytes.subarray(checkAt, checkAt + checkSize)).toString('hex');
  if (checksum(check, output) !== expected) throw new MalformedArchive(DAMAGED);
}

/** The size of the dictionary in bytes; a filter before the compression is refused. Source: 3.1 and 5.3.1. */
function dictionaryOf(header: Buffer): number {
  const flags = header[1] ?? 0;
  let at = 2;
  if ((flags & 0x40) !== 0) at = readNumber(header, at).next;
  if ((flags & 0x80) !== 0) at = readNumber(header, at).next;
  const filter = readNumber(header, at);
  const size = readNumber(header, filter.next);
  if ((flags & 0x3f) !== 0 || filter.value !== LZMA2 || size.value !== 1) {
    throw new MalformedArchive(
      'it is compressed with a filter that is not read here (a BCJ or delta filter of xz)',
      'Compress it anew: xz --decompress --stdout OLD | gzip > NEW',
    );
  }
  const bits = header[size.next] ?? 0;
  if (bits > 40) throw new MalformedArchive(DAMAGED);
  return bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
}

function checksum(check: number, content: Uint8Array): string {
  if (check === 1) {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(crc32(content));
    return four.toString('hex');
  }
  if (check === 4) return crc64(content);
  return check === 10 ? createHash('sha256').update(content).digest('hex') : '';
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => byte === 0);
}
