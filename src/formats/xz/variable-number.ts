import { MalformedArchive } from '../archive/malformed-archive.ts';

const MAX_BYTES = 9;

/** A number as the .xz format writes it, seven bits a byte, the lowest first, and where the input goes on. */
export function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < MAX_BYTES; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined || (byte === 0 && index > 0)) break;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (!Number.isSafeInteger(value)) break;
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  throw new MalformedArchive('its compressed data is damaged');
}
