import type { Machine } from '../machine.ts';
import { liveHost } from '../rooted-host.ts';
import { durableFiles } from './durable-files.ts';
import { httpGet } from './http-get.ts';
import { httpGetInNetworkOf } from './http-get-in-network.ts';
import { privateViews } from './private-view.ts';
import { ownProcesses } from './own-process.ts';
import { runCommand } from './run-command.ts';
import { systemctl } from './systemctl.ts';
import { tcpConnect } from './tcp-connect.ts';

/** The machine Cutover runs on. */
export function liveMachine(home = '/var/lib/cutover'): Machine {
  return {
    host: liveHost(),
    home,
    files: durableFiles,
    systemd: systemctl,
    processes: ownProcesses(),
    httpGet,
    httpGetInNetworkOf,
    views: privateViews,
    tcpConnect,
    run: async ([program = '', ...words], limitMs) => await runCommand(program, words, limitMs),
  };
}
