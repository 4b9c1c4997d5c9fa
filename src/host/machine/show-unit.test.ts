import { expect, test } from 'vitest';
import { readUnitFacts } from './show-unit.ts';

test('what systemctl show says of a unit with two environment files and a drop-in', () => {
  const output = `LoadState=loaded
ActiveState=active
SubState=running
MainPID=206
ActiveEnterTimestampMonotonic=7243017
ActiveExitTimestampMonotonic=7240000
InactiveExitTimestampMonotonic=7242000
NRestarts=1
FragmentPath=/etc/systemd/system/lantern.service
DropInPaths=/etc/systemd/system/lantern.service.d/10-a.conf /etc/systemd/system/lantern.service.d/90-cutover.conf
ExecStart={ path=/opt/lantern-1/bin/lantern ; argv[]=/opt/lantern-1/bin/lantern --oil ; whale ; ignore_errors=no ; start_time=[Mon 2026-11-23 09:34:04 UTC] ; stop_time=[n/a] ; pid=206 ; code=(null) ; status=0/0 }
EnvironmentFiles=/etc/lantern/common (ignore_errors=no)
EnvironmentFiles=/etc/lantern/local (ignore_errors=yes)
UnitFileState=enabled
NeedDaemonReload=no
Result=success
ExecMainCode=1
ExecMainStatus=3
`;
  expect(readUnitFacts(output)).toEqual({
    loadState: 'loaded',
    activeState: 'active',
    subState: 'running',
    mainPid: 206,
    activeSince: 7243017,
    activeUntil: 7240000,
    startingSince: 7242000,
    restarts: 1,
    fragmentPath: '/etc/systemd/system/lantern.service',
    dropInPaths: [
      '/etc/systemd/system/lantern.service.d/10-a.conf',
      '/etc/systemd/system/lantern.service.d/90-cutover.conf',
    ],
    execStart: ['/opt/lantern-1/bin/lantern --oil ; whale (/opt/lantern-1/bin/lantern)'],
    environmentFiles: ['/etc/lantern/common (ignore_errors=no)', '/etc/lantern/local (ignore_errors=yes)'],
    unitFileState: 'enabled',
    needsReload: false,
    result: 'success',
    lastExit: { code: 'exited', status: 3 },
  });
});

test('a unit that is not there', () => {
  expect(
    readUnitFacts('LoadState=not-found\nActiveState=inactive\nDropInPaths=\nExecMainCode=0\n'),
  ).toMatchObject({
    loadState: 'not-found',
    mainPid: 0,
    dropInPaths: [],
    execStart: [],
    lastExit: { code: '', status: 0 },
  });
});
