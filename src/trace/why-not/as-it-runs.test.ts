import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { setTime } from '../../../test/set-time.ts';
import { systemdSaying } from '../../../test/systemd-saying.ts';
import { whyNot } from './why-not.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const OWN = `${UNIT}.d/own.conf`;
const FILES = {
  [UNIT]: '[Service]\nExecStart=/bin/lamp\n',
  [OWN]: '[Service]\nEnvironment=LAMP=own\nUMask=0077\nRestart=always\nExecStopPost=/bin/true\n',
};
const FRESH = { files: [UNIT, OWN], properties: { UMask: '0077', Restart: 'always' } };
const at = (hour: number): bigint => BigInt(Date.UTC(2026, 5, 1, hour)) * 1_000_000n;

/** The files were written at 12 o'clock. */
function reasons(says: Parameters<typeof systemdSaying>[0]): string[] {
  const host = rootWith(FILES);
  setTime(host.root, [UNIT, OWN, `${UNIT}.d`], at(12));
  const { lines, confidence, notExamined } = whyNot(
    host,
    'lamp',
    { path: OWN },
    { showSecrets: false, says: systemdSaying(says) },
  );
  expect({ confidence, notExamined }).toEqual({ confidence: 'observed', notExamined: [] });
  return lines.slice(1).map(({ reason }) => reason);
}

test('all as the files say', () => {
  expect(reasons({ ...FRESH, environment: { LAMP: 'own' }, startedAt: at(13) })).toEqual([
    'the process receives LAMP from it; the running process has it',
    'UMask is 0077; systemd says so, too',
    'Restart is always; systemd says so, too',
    'it adds to ExecStopPost=',
  ]);
});

test('a service that does not run', () => {
  expect(reasons(FRESH)[0]).toBe('the process receives LAMP from it; the service does not run now');
});

test('a file that systemd has not read', () => {
  const text = `systemd has not read ${OWN} yet: it reads its files at daemon-reload`;
  expect(reasons({ files: [UNIT] })).toEqual(Array(4).fill(text));
});

test('a file that has changed since; what came through all the same is in force', () => {
  const text = `systemd has not read ${OWN} since it changed (2026-06-01 12:00:00 UTC): it read its files at 2026-06-01 11:00:00 UTC`;
  expect(reasons({ ...FRESH, needsReload: true, loadedAt: at(11) })).toEqual([
    text,
    'UMask is 0077; systemd says so, too',
    'Restart is always; systemd says so, too',
    text,
  ]);
});

test('a process that is older: what systemd itself heeds is in force', () => {
  expect(reasons({ ...FRESH, environment: { LAMP: 'old' }, startedAt: at(9) })).toEqual([
    'the running process 4711 has another value of LAMP: it was started at 2026-06-01 09:00:00 UTC, before /etc/systemd/system/lamp.service.d/own.conf changed',
    'the running process 4711 is older than the file: started at 2026-06-01 09:00:00 UTC, the file changed at 2026-06-01 12:00:00 UTC',
    'Restart is always; systemd says so, too',
    'it adds to ExecStopPost=',
  ]);
});

test('a process that is younger than the file and has another value: no cause is guessed', () => {
  const [first] = reasons({ ...FRESH, environment: { LAMP: 'old' }, startedAt: at(13), loadedAt: at(14) });
  expect(first).toBe('the running process 4711 has another value of LAMP: nothing here tells why');
});

test('a value that systemd has otherwise', () => {
  expect(reasons({ ...FRESH, properties: { UMask: '0022', Restart: 'always' } })[1]).toBe(
    'systemd has UMask=0022 at this moment',
  );
});
