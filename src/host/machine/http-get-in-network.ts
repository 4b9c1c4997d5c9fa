import type { HttpAnswer } from '../machine.ts';
import { runCommand } from './run-command.ts';

const BODY_LIMIT = 8 * 1024 * 1024;
const START_MS = 3000;

/** One GET from inside the network that a process has; see `httpGet`. */
export async function httpGetInNetworkOf(pid: number, url: string, limitMs: number): Promise<HttpAnswer> {
  const { status, stdout, stderr } = await runCommand(
    'nsenter',
    [
      `--net=/proc/${pid}/ns/net`,
      '--',
      process.execPath,
      '--input-type=module',
      '--eval',
      ASK,
      url,
      `${limitMs}`,
    ],
    limitMs + START_MS,
  );
  if (status !== 0) return { answered: false, reason: lastLine(stderr) };
  const end = stdout.indexOf('\n');
  return { answered: true, status: Number(stdout.slice(0, end)), body: stdout.slice(end + 1) };
}

const ASK = `
const [url, limit] = process.argv.slice(1);
try {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(Number(limit)) });
  process.stdout.write(answer.status + '\\n');
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > ${BODY_LIMIT}) throw new Error('more than ${BODY_LIMIT} bytes');
    process.stdout.write(chunk);
  }
} catch (error) {
  console.error(error.cause?.code === 'ECONNREFUSED' ? 'connection refused' : (error.cause?.code ?? error.message));
  process.exitCode = 1;
}
`;

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
