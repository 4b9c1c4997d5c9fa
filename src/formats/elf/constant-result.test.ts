import { expect, test } from 'vitest';
import { fromBytes } from './byte-source.ts';
import { constantResult } from './constant-result.ts';
import { MappedFile } from './mapped-file.ts';
import type { Segment } from './segments.ts';

/** The result of a function whose code stands at 0x1000. */
function resultOf(machine: string, code: string): number | undefined {
  const bytes = Buffer.concat([Buffer.alloc(0x1000), Buffer.from(code, 'hex'), Buffer.alloc(32)]);
  const size = { fileSize: bytes.length, memorySize: bytes.length };
  const flags = { readable: true, writable: false, executable: true };
  const segment: Segment = { type: 'load', ...flags, offset: 0, address: 0, ...size, alignment: 1 };
  const byteOrder = machine === 's390' ? 'big' : 'little';
  const file = new MappedFile(fromBytes(bytes), { byteOrder, segments: [segment] });
  return constantResult(file, { machine }, 0x1000);
}

// The code that Debian's compilers make of `return &data;`.
test.each([
  ['x86-64', 'f30f1efa488d05f50f0000c3', 0x2000],
  ['x86-64', '488d05f90f0000c3', 0x2000],
  ['aarch64', '00000090000040f9c0035fd6', undefined], // a load: what it returns stands in memory
  ['aarch64', '0000009000000191c0035fd6', 0x1040],
  ['s390', 'c0200000041407fe', 0x1828],
  ['s390', 'c020fffffff007fe', 0xfe0],
  ['s390', 'c0300000041407fe', undefined], // another register
  ['s390', 'c020000004140707', undefined], // it goes on
  ['mips', 'c0200000041407fe', undefined],
])('%s: %s returns %s', (machine, code, address) => {
  expect(resultOf(machine, code)).toBe(address);
});
