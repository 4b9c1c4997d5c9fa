import type { UnitFacts } from '../machine.ts';
import { readQuotedList } from '../quoted-list.ts';

/** The properties `readUnitFacts` needs, for `systemctl show --property=`. */
export const UNIT_PROPERTIES: readonly string[] = [
  'LoadState',
  'ActiveState',
  'SubState',
  'MainPID',
  'ActiveEnterTimestampMonotonic',
  'ActiveExitTimestampMonotonic',
  'InactiveExitTimestampMonotonic',
  'NRestarts',
  'FragmentPath',
  'DropInPaths',
  'ExecStart',
  'EnvironmentFiles',
  'UnitFileState',
  'NeedDaemonReload',
  'Result',
  'ExecMainCode',
  'ExecMainStatus',
];

/**
 * Reads the output of `systemctl show`: `NAME=VALUE` lines, a name more than once for lists. A command is
 * `{ path=… ; argv[]=… ; ignore_errors=… ; start_time=… … }`, an environment file `PATH (ignore_errors=no)`.
 * Source: src/systemctl/systemctl-show.c of systemd 252.
 */
export function readUnitFacts(output: string): UnitFacts {
  const values = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const equals = line.indexOf('=');
    if (equals === -1) continue;
    const name = line.slice(0, equals);
    values.set(name, [...(values.get(name) ?? []), line.slice(equals + 1)]);
  }
  const all = (name: string): string[] => (values.get(name) ?? []).filter((value) => value !== '');
  const one = (name: string): string => all(name)[0] ?? '';
  return {
    loadState: one('LoadState'),
    activeState: one('ActiveState'),
    subState: one('SubState'),
    mainPid: Number(one('MainPID')),
    activeSince: Number(one('ActiveEnterTimestampMonotonic')),
    activeUntil: Number(one('ActiveExitTimestampMonotonic')),
    startingSince: Number(one('InactiveExitTimestampMonotonic')),
    restarts: Number(one('NRestarts')),
    fragmentPath: one('FragmentPath'),
    dropInPaths: readQuotedList(one('DropInPaths')),
    execStart: all('ExecStart').map(commandOf),
    environmentFiles: all('EnvironmentFiles'),
    unitFileState: one('UnitFileState'),
    needsReload: one('NeedDaemonReload') === 'yes',
    result: one('Result'),
    lastExit: { code: EXIT_CODES[one('ExecMainCode')] ?? '', status: Number(one('ExecMainStatus')) },
  };
}

/** The part that does not change from start to start. */
function commandOf(value: string): string {
  const match = /^\{ path=(.*?) ; argv\[\]=(.*) ; ignore_errors=/.exec(value);
  return match === null ? value : `${match[2]} (${match[1]})`;
}

/** siginfo codes of a child. Source: sigaction(2). */
const EXIT_CODES: Record<string, string> = { '1': 'exited', '2': 'killed', '3': 'dumped' };
