import { liveHost } from '../rooted-host.ts';
import type { ProcessIdentity, Processes } from '../machine.ts';
import { holdSignals } from './signals.ts';

/** The processes of the machine Cutover runs on. */
export function ownProcesses(): Processes {
  return {
    own: { pid: process.pid, startTime: startTimeOf(process.pid) ?? '', bootId: bootId() },
    sinceBootMs: () => Number(process.hrtime.bigint()) / 1e6, // CLOCK_MONOTONIC
    uid: process.getuid?.() ?? -1,
    isAlive: (other: ProcessIdentity) =>
      other.bootId === bootId() && startTimeOf(other.pid) === other.startTime,
    holdSignals,
  };
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

/** Field 22; the fields are counted after the name, which may hold blanks and parentheses. Source: proc(5). */
function startTimeOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function readText(path: string): string | undefined {
  try {
    return new TextDecoder().decode(liveHost().readFile(path));
  } catch {
    return undefined; // the process is gone
  }
}
