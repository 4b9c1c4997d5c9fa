import { createHash, hash } from 'node:crypto';
import type { Host, OpenFile } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';

/** All files pass through one buffer: fresh memory for each would cost more than their bytes. */
const buffer = new Uint8Array(1024 * 1024);

/**
 * SHA-256 of a file's content, in lower-case hexadecimal; `onChunk` sees the bytes as they pass, which hold until it
 * returns. Files of /proc, which don't say their size, are read to their end as well.
 */
export function fileDigest(host: Host, path: string, onChunk?: (chunk: Uint8Array) => void): string {
  return withFile(host, path, (file) => {
    const first = file.read(0, buffer.length, buffer);
    onChunk?.(first);
    if (first.length < buffer.length) return hash('sha256', first); // most are small
    const whole = createHash('sha256').update(first);
    for (const chunk of chunksOf(file, buffer, first.length)) {
      whole.update(chunk);
      onChunk?.(chunk);
    }
    return whole.digest('hex');
  });
}

/** The bytes from an offset to the end, as many at a time as the buffer holds; each chunk holds until the next is asked for. */
export function* chunksOf(file: OpenFile, into: Uint8Array, from = 0): Generator<Uint8Array> {
  for (let offset = from; ; ) {
    const chunk = file.read(offset, into.length, into);
    if (chunk.length === 0) return;
    yield chunk;
    offset += chunk.length;
  }
}
