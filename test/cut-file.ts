import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** Leaves the first `size` bytes of a file; a negative size counts from its end. Returns how many are left. */
export function cutFile(path: string, size: number): number {
  const left = size < 0 ? statSync(path).size + size : size;
  truncateSync(path, left);
  return left;
}

/** Puts something else where a file was. */
export function overwriteFile(path: string, content: string): void {
  writeFileSync(path, content);
}

/** Writes one byte into a file. */
export function pokeFile(path: string, at: number, byte: number): void {
  const bytes = readFileSync(path);
  bytes[at] = byte;
  writeFileSync(path, bytes);
}
