import type { Machine } from '../machine.ts';
import { liveHost } from '../rooted-host.ts';
import { durableFiles } from './durable-files.ts';
import { httpGet } from './http-get.ts';
import { ownProcesses } from './own-process.ts';
import { systemctl } from './systemctl.ts';

/** The machine Cutover runs on. */
export function liveMachine(home = '/var/lib/cutover'): Machine {
  return {
    host: liveHost(),
    home,
    files: durableFiles,
    systemd: systemctl,
    processes: ownProcesses(),
    httpGet,
  };
}
