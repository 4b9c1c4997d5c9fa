import type { ByteSource } from './byte-source.ts';

/** Most programs and libraries have what a loader looks at within so much, or at one place further on. In bytes. */
const HEAD = 16_384;
const FURTHER_ON = 4096;
/** Of what `bufferedSource` is to be given, in bytes. */
export const BUFFER_SIZE = HEAD + FURTHER_ON;
/** No file is so long: a place beyond it is a damaged number, and empty like any other behind the end. */
const LONGEST = 2 ** 52;
const NOTHING = new Uint8Array();

/**
 * Reads a source by large parts into one buffer, which may serve file after file. What `read` returns holds until the
 * next `read`.
 */
export function bufferedSource(source: ByteSource, buffer: Uint8Array): ByteSource {
  const head = source.read(0, HEAD, buffer.subarray(0, HEAD));
  const isWhole = head.length < HEAD;
  let part: Uint8Array = NOTHING;
  let start = 0;
  return {
    get size() {
      return isWhole ? head.length : source.size;
    },
    read(offset, length) {
      if (isWhole || offset + length <= HEAD) return head.subarray(offset, offset + length);
      if (offset >= LONGEST) return NOTHING;
      if (length > FURTHER_ON)
        return source.read(offset, Math.max(0, Math.min(length, source.size - offset)));
      if (offset < start || offset + length > start + part.length) {
        part = source.read(offset, FURTHER_ON, buffer.subarray(HEAD));
        start = offset;
      }
      return part.subarray(offset - start, offset - start + length);
    },
  };
}
