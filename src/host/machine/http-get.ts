import type { HttpAnswer } from '../machine.ts';

const BODY_LIMIT = 8 * 1024 * 1024;

/** One GET; redirects are answers, not followed. */
export async function httpGet(url: string, limitMs: number): Promise<HttpAnswer> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > BODY_LIMIT) return { answered: false, reason: `more than ${BODY_LIMIT} bytes` };
      chunks.push(chunk);
    }
    return { answered: true, status: answer.status, body: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    return { answered: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code === 'ECONNREFUSED' ? 'connection refused' : (code ?? error.message);
}
