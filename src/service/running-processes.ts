import { type ProcessRights, parseStatus } from '../formats/proc-status/parse-status.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/** Processes of a service that run the same program with the same rights. */
export interface RunningProcesses {
  /** undefined where only root may know. */
  readonly program: string | undefined;
  readonly rights: ProcessRights;
  readonly pids: readonly number[];
}

/** What runs, alike ones together; processes that ended meanwhile are left out. */
export function runningProcesses(host: Host, pids: readonly number[]): readonly RunningProcesses[] {
  const alike = new Map<string, RunningProcesses>();
  for (const pid of pids) {
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(`/proc/${pid}/status`)));
    const rights = parseStatus(text ?? '');
    if (rights === undefined) continue;
    const program = ifReadable(() => host.readLink(`/proc/${pid}/exe`))?.replace(/ \(deleted\)$/, '');
    const key = [program, ...Object.values(rights)].join(' ');
    const known = alike.get(key);
    alike.set(key, { program, rights, pids: [...(known?.pids ?? []), pid] });
  }
  return [...alike.values()];
}
