import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { setTime } from '../../../test/set-time.ts';
import { systemdSaying } from '../../../test/systemd-saying.ts';
import { loadService } from '../../service/service.ts';
import { pendingChanges } from './pending-changes.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const ENV = '/etc/default/lamp';
const LOCAL = '/etc/default/lamp-local';
const BINARY = '/usr/sbin/lamp';
const EXE = '/proc/4711/exe';
const at = (hour: number): bigint => BigInt(Date.UTC(2026, 5, 1, hour)) * 1_000_000n;

/** Of a lamp whose files were written at 12 o'clock, and one of them not at all. */
function pending(says: Parameters<typeof systemdSaying>[0], more: Record<string, string> = {}): string[] {
  const host = rootWith({
    [UNIT]: `[Service]\nExecStart=${BINARY}\nEnvironmentFile=${ENV}\nEnvironmentFile=-${LOCAL}\n`,
    [ENV]: 'LAMP=file\n',
    [BINARY]: '',
    ...more,
  });
  setTime(host.root, [UNIT, ENV], at(12));
  return pendingChanges(host, loadService(host, 'lamp'), systemdSaying({ files: [UNIT], ...says }));
}

test('a service that was started after all of its files were written waits for nothing', () => {
  expect(pending({ environment: {}, startedAt: at(13) }, { [EXE]: `-> ${BINARY}` })).toEqual([]);
});

test('a file of the unit or of its environment that changed after the start is named, with the time of the start', () => {
  expect(pending({ environment: {}, startedAt: at(11) })).toEqual([
    `${UNIT} changed after the service was started (2026-06-01 11:00:00 UTC)`,
    `${ENV} changed after the service was started (2026-06-01 11:00:00 UTC)`,
  ]);
});

test('so is a link that was made after the start, though what it leads to is older', () => {
  expect(pending({ environment: {}, startedAt: at(13) }, { [LOCAL]: `-> ${ENV}` })).toEqual([
    `${LOCAL} changed after the service was started (2026-06-01 13:00:00 UTC)`,
  ]);
});

test('so is a file of the unit that systemd has not read as it is', () => {
  expect(pending({ environment: {}, startedAt: at(13), needsReload: true, loadedAt: at(11) })).toEqual([
    `${UNIT} changed after systemd read its files (2026-06-01 11:00:00 UTC)`,
  ]);
});

test('so is a program that was replaced under the process, but not one that is gone', () => {
  expect(pending({ environment: {}, startedAt: at(13) }, { [EXE]: `-> ${BINARY} (deleted)` })).toEqual([
    `${BINARY} is another program than the one that runs: it was replaced since`,
  ]);
  expect(pending({ environment: {}, startedAt: at(13) }, { [EXE]: '-> /usr/sbin/beacon (deleted)' })).toEqual(
    [],
  );
});

test('of a service that does not run, or whose start systemd does not tell, no file is said to have changed since', () => {
  expect(pending({ environment: {} })).toEqual([]);
  expect(pending({})).toEqual([]);
});
