import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface RunningService {
  readonly mainPid: number;
  /** As systemd gave it to the main process; undefined where it may not be read. */
  readonly environment: ReadonlyMap<string, string> | undefined;
}

/** A manager that does not answer must not hold up a question. */
const ANSWER_LIMIT_MS = 5000;

/** The running main process of a unit of this machine; undefined where there is none, or no systemd. */
export function runningService(unit: string): RunningService | undefined {
  const answer = spawnSync('systemctl', ['show', '--property=MainPID', '--value', '--', unit], {
    encoding: 'utf8',
    timeout: ANSWER_LIMIT_MS,
  });
  const mainPid = answer.status === 0 ? Number(answer.stdout.trim()) : 0;
  if (!Number.isInteger(mainPid) || mainPid <= 0) return undefined;
  return { mainPid, environment: environmentOf(mainPid) };
}

function environmentOf(pid: number): ReadonlyMap<string, string> | undefined {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return new Map(
      entries
        .filter((entry) => entry.includes('='))
        .map((entry) => {
          const equals = entry.indexOf('=');
          return [entry.slice(0, equals), entry.slice(equals + 1)];
        }),
    );
  } catch {
    return undefined; // not ours to read, or gone since
  }
}
