import { expect, test } from 'vitest';
import { parseFileCapabilities } from './parse-file-capabilities.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

test('of two words, in force: cap_net_raw=ep', () => {
  expect(parseFileCapabilities(bytes('0100000200200000000000000000000000000000'))).toEqual({
    permitted: 1n << 13n,
    inheritable: 0n,
    effective: true,
  });
});

test('a high one, of a namespace, inheritable alone: cap_bpf=i', () => {
  expect(parseFileCapabilities(bytes('000000030000000000000000000000008000000000000000'))).toEqual({
    permitted: 0n,
    inheritable: 1n << 39n,
    effective: false,
  });
});

test('what is none', () => {
  expect(parseFileCapabilities(bytes(''))).toBeUndefined();
  expect(parseFileCapabilities(bytes('01000002'))).toBeUndefined();
  expect(parseFileCapabilities(bytes('0100000900200000000000000000000000000000'))).toBeUndefined();
});
