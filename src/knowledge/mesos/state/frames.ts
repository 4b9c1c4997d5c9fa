/** A message of a file that the agent appended to; undefined where the file ends inside of it. */
interface Frame {
  /** In bytes, from the start of the file to its length. */
  readonly offset: number;
  readonly message: Uint8Array | undefined;
}

/** Each message stands behind its length, 4 bytes little-endian. Source: stout/protobuf.hpp, protobuf::write() and read(). */
export function* frames(bytes: Uint8Array): Generator<Frame> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let offset = 0; offset < bytes.length; ) {
    const left = bytes.length - offset - 4;
    const length = left < 0 ? Number.POSITIVE_INFINITY : view.getUint32(offset, true);
    if (length > left) {
      yield { offset, message: undefined };
      return;
    }
    yield { offset, message: bytes.subarray(offset + 4, offset + 4 + length) };
    offset += 4 + length;
  }
}
