/**
 * Bytes that can be read in parts: a file, or bytes at hand. `read` returns fewer bytes than asked for only at
 * the end. What `read` throws (a disk's fault) passes through the readers of this folder unchanged.
 */
export interface ByteSource {
  readonly size: number;
  /** The bytes may be put into `into`, so that there is nothing to allocate: they hold until that is used again. */
  read(offset: number, length: number, into?: Uint8Array): Uint8Array;
}

export function fromBytes(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
