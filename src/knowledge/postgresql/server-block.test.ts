import { expect, test } from 'vitest';
import { fromBytes } from '../../formats/elf/byte-source.ts';
import type { Segment } from '../../formats/elf/segments.ts';
import type { ByteOrder } from '../../formats/elf/struct-view.ts';
import { serverBlock } from './server-block.ts';

/** Constant data with a block among other things, as the server of a machine of this byte order has it. */
function blockIn(order: ByteOrder, numbers: readonly number[], abi: string | undefined) {
  const words = numbers.map((number) => {
    const bytes = Buffer.alloc(4);
    if (order === 'little') bytes.writeUInt32LE(number);
    else bytes.writeUInt32BE(number);
    return bytes;
  });
  const name = abi === undefined ? [] : [Buffer.from(abi.padEnd(32, '\0'))];
  const bytes = Buffer.concat([Buffer.from('lamp oil\0\0\0\0'), ...words, ...name, Buffer.from('more\0')]);
  const size = { fileSize: bytes.length, memorySize: bytes.length };
  const flags = { readable: true, writable: false, executable: false };
  const segment: Segment = { type: 'load', ...flags, offset: 0, address: 0, ...size, alignment: 1 };
  return serverBlock(fromBytes(bytes), { byteOrder: order, segments: [segment] });
}

test.each(['little', 'big'] as const)('the block of a server of a %s-endian machine', (order) => {
  // As PostgreSQL 15.18 of Debian has it, on amd64 and s390x alike.
  expect(blockIn(order, [56, 1500, 100, 32, 64, 1], 'PostgreSQL')).toEqual({
    length: 56,
    version: 1500,
    functionArguments: 100,
    indexKeys: 32,
    nameLength: 64,
    float4ByValue: undefined,
    float8ByValue: true,
    abi: 'PostgreSQL',
  });
  expect(blockIn(order, [28, 906, 100, 32, 64, 1, 0], undefined)).toMatchObject({
    version: 906,
    float4ByValue: true,
    float8ByValue: false,
    abi: undefined,
  });
  expect(blockIn(order, [56, 4242, 100, 32, 64, 1], 'PostgreSQL')).toBeUndefined();
});
