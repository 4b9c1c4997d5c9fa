import { createHash } from 'node:crypto';
import type { Host } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';
import { fileDigest } from '../plan/file-digest.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const BLOCK = 2 * 1024 * 1024;
const MOST_OF_ONE = 4 * 1024 * 1024;

/**
 * The contents of the files of a tree, kept as far as there is room, so that those of its copy are compared byte by byte
 * and need not be hashed as well.
 */
export class Contents {
  readonly #kept = new Map<string, { readonly bytes: Uint8Array; readonly sha256: string }>();
  #room = MOST_BYTES;
  /** Contents are put one behind the other: an allocation for each costs more than its bytes. */
  #block = new Uint8Array(0);
  #scratch = new Uint8Array(64 * 1024);

  /** SHA-256 of the file at `at`, in lower-case hexadecimal; `path` is what it is called in both trees. */
  digestOf(host: Host, path: string, at: string, size: number): string {
    const kept = this.#kept.get(path);
    if (kept !== undefined) return this.#holds(host, at, kept.bytes) ? kept.sha256 : fileDigest(host, at);
    if (size > MOST_OF_ONE || size > this.#room) return fileDigest(host, at);
    if (this.#block.length <= size) this.#block = new Uint8Array(Math.max(BLOCK, size + 1));
    const bytes = withFile(host, at, (file) => file.read(0, size + 1, this.#block));
    if (bytes.length !== size) return fileDigest(host, at); // it grows
    this.#block = this.#block.subarray(size);
    this.#room -= size;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#kept.set(path, { bytes, sha256 });
    return sha256;
  }

  #holds(host: Host, at: string, bytes: Uint8Array): boolean {
    const length = bytes.length + 1;
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length);
    const found = withFile(host, at, (file) => file.read(0, length, this.#scratch));
    return Buffer.compare(found, bytes) === 0;
  }
}
