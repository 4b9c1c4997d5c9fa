import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../../src/formats/elf/byte-source.ts';

/** A file as a byte source that counts what is read of it. */
export interface CountedSource extends ByteSource {
  readonly bytesRead: number;
}

export function withFile<T>(path: string, use: (source: CountedSource) => T): T {
  const descriptor = openSync(path, 'r');
  const { size } = fstatSync(descriptor);
  let bytesRead = 0;
  try {
    return use({
      size,
      get bytesRead() {
        return bytesRead;
      },
      read(offset, length) {
        const bytes = new Uint8Array(length);
        const count = readSync(descriptor, bytes, 0, length, offset);
        bytesRead += count;
        return bytes.subarray(0, count);
      },
    });
  } finally {
    closeSync(descriptor);
  }
}
