import { MalformedArchive } from '../archive/malformed-archive.ts';
import { LzmaDecoder, type Output } from './lzma-decoder.ts';
import { RangeDecoder } from './range-decoder.ts';

const DAMAGED = 'its compressed data is damaged';

/**
 * Decodes an LZMA2 stream that begins at `start`, to the end of which the output must come. Returns where the input
 * goes on. Source: the comment on LZMA2 chunks in liblzma's lzma2_decoder.c; the .xz file format, 5.3.1.
 */
export function decodeLzma2(
  input: Uint8Array,
  start: number,
  bytes: Uint8Array,
  range: { from: number; to: number },
  dictionarySize: number,
): number {
  const output: Output = { bytes, dictionaryStart: range.from, at: range.from };
  const coder = new RangeDecoder(input);
  const decoder = new LzmaDecoder(coder, dictionarySize);
  // Until the first chunk has said so, there is neither a dictionary nor a state.
  const needs = { dictionary: true, properties: true };
  for (let at = start; ; ) {
    const control = byteAt(input, at);
    if (control === 0) {
      if (output.at !== range.to) throw new MalformedArchive(DAMAGED);
      return at + 1;
    }
    const isLzma = control >= 0x80;
    if (control === 1 || control >= 0xe0) {
      output.dictionaryStart = output.at;
      needs.dictionary = false;
      if (control >= 0xe0) needs.properties = false;
    } else if (needs.dictionary || (control > 2 && !isLzma)) throw new MalformedArchive(DAMAGED);
    const size = (isLzma ? (control & 0x1f) << 16 : 0) + word(input, at + 1) + 1;
    const end = output.at + size;
    if (end > range.to) throw new MalformedArchive(DAMAGED);
    if (!isLzma) {
      if (at + 3 + size > input.length) throw new MalformedArchive(DAMAGED);
      bytes.set(input.subarray(at + 3, at + 3 + size), output.at);
      output.at = end;
      at += 3 + size;
      continue;
    }
    const packed = word(input, at + 3) + 1;
    let data = at + 5;
    if (control >= 0xc0) {
      decoder.setProperties(byteAt(input, data));
      needs.properties = false;
      data += 1;
    } else if (needs.properties) throw new MalformedArchive(DAMAGED);
    if (control >= 0xa0) decoder.forget();
    if (data + packed > input.length) throw new MalformedArchive(DAMAGED);
    coder.begin(data, data + packed);
    decoder.decode(output, end);
    if (!coder.isAtEnd) throw new MalformedArchive(DAMAGED);
    at = data + packed;
  }
}

function byteAt(input: Uint8Array, at: number): number {
  const byte = input[at];
  if (byte === undefined) throw new MalformedArchive(DAMAGED);
  return byte;
}

function word(input: Uint8Array, at: number): number {
  return byteAt(input, at) * 256 + byteAt(input, at + 1);
}
