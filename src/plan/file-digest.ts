import { createHash } from 'node:crypto';
import type { Host } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';

const CHUNK = 1024 * 1024;
/** For files that don't say their size, as those of /proc. */
const UNKNOWN_SIZE = 64 * 1024;

/**
 * SHA-256 of a file's content, in lower-case hexadecimal; `onChunk` sees the bytes as they pass, and may keep them.
 */
export function fileDigest(host: Host, path: string, onChunk?: (chunk: Uint8Array) => void): string {
  return withFile(host, path, (file) => {
    const hash = createHash('sha256');
    // No larger than the file: most are small, and a fresh megabyte for each costs more than their bytes.
    const length = file.size === 0 ? UNKNOWN_SIZE : Math.min(CHUNK, file.size);
    const into = onChunk === undefined ? new Uint8Array(length) : undefined;
    for (let offset = 0; ; ) {
      const chunk = file.read(offset, length, into);
      if (chunk.length === 0) return hash.digest('hex');
      hash.update(chunk);
      onChunk?.(chunk);
      offset += chunk.length;
    }
  });
}
