/** Fields of a protobuf message as bytes, to make the files that tests read. */
export const field = {
  integer: (number: number, value: number | bigint): Buffer =>
    Buffer.concat([varint(BigInt(number) << 3n), varint(BigInt(value))]),
  double: (number: number, value: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return Buffer.concat([varint((BigInt(number) << 3n) | 1n), bytes]);
  },
  bytes: (number: number, ...parts: readonly (Uint8Array | string)[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    return Buffer.concat([varint((BigInt(number) << 3n) | 2n), varint(BigInt(body.length)), body]);
  },
};

/** What Mesos puts before each message in a file: its length in four bytes. */
export function framed(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
