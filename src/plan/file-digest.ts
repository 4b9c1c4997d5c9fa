import { createHash } from 'node:crypto';
import type { Host } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';

const CHUNK = 1024 * 1024;

/** SHA-256 of a file's content, in lower-case hexadecimal; `onChunk` sees the bytes as they pass. */
export function fileDigest(host: Host, path: string, onChunk?: (chunk: Uint8Array) => void): string {
  return withFile(host, path, (file) => {
    const hash = createHash('sha256');
    for (let offset = 0; ; ) {
      const chunk = file.read(offset, CHUNK);
      if (chunk.length === 0) return hash.digest('hex');
      hash.update(chunk);
      onChunk?.(chunk);
      offset += chunk.length;
    }
  });
}
