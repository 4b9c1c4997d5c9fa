import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { chunksOf, fileDigest } from '../plan/file-digest.ts';

const CHUNK = 1024 * 1024;
const CHUNKS_A_TURN = 8;

/** SHA-256 of the content of a file of about so many bytes; in a large one, programs that end meanwhile are heard. */
export async function patientDigest(host: Host, path: string, size: number): Promise<string> {
  if (size <= CHUNK * CHUNKS_A_TURN) return fileDigest(host, path);
  const file = host.open(path);
  try {
    const whole = createHash('sha256');
    let chunks = 0;
    for (const chunk of chunksOf(file, new Uint8Array(CHUNK))) {
      whole.update(chunk);
      chunks += 1;
      if (chunks % CHUNKS_A_TURN === 0) await turn();
    }
    return whole.digest('hex');
  } finally {
    file.close();
  }
}
