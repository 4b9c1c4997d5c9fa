import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { fileDigest } from '../plan/file-digest.ts';

const CHUNK = 1024 * 1024;
const CHUNKS_A_TURN = 8;

/** SHA-256 of the content of a file of about so many bytes; in a large one, programs that end meanwhile are heard. */
export async function patientDigest(host: Host, path: string, size: number): Promise<string> {
  if (size <= CHUNK * CHUNKS_A_TURN) return fileDigest(host, path);
  const file = host.open(path);
  try {
    const buffer = new Uint8Array(CHUNK);
    const whole = createHash('sha256');
    for (let offset = 0, chunks = 1; ; chunks += 1) {
      const chunk = file.read(offset, CHUNK, buffer);
      if (chunk.length === 0) return whole.digest('hex');
      whole.update(chunk);
      offset += chunk.length;
      if (chunks % CHUNKS_A_TURN === 0) await turn();
    }
  } finally {
    file.close();
  }
}
