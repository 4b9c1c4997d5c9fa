import { expect, test } from 'vitest';
import { DIRECTORY, FIFO, rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import { refuseMissingFiles } from '../service/service.ts';
import { traceSetting } from './trace-setting.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const MAKER = '/usr/bin/make-oil';

/** A service that takes COLOUR from one file, and cannot do without another, at which there may be something. */
function subjectOf(entries: Parameters<typeof rootWith>[0] = {}, line = '/etc/lamp/oil'): Subject {
  const host = rootWith({
    [UNIT]: `[Service]\nEnvironmentFile=/etc/colour\nEnvironmentFile=${line}\nExecStart=/bin/lamp\n`,
    '/etc/colour': 'COLOUR=red\n',
    '/etc/systemd/system/oil.service': `[Service]\nType=oneshot\nExecStart=${MAKER} 3\n`,
    '/etc/lamp': DIRECTORY,
    [MAKER]: { text: '#!/bin/sh\necho OIL=$1 > /etc/lamp/oil\n', mode: 0o755 },
    ...entries,
  });
  return new Subject(host, 'lamp', { knowledge: [] });
}

function lastLayer(subject: Subject): { value: string | null; why: string | undefined; optional: boolean } {
  const { value, layers } = traceSetting(subject, 'COLOUR', { showSecrets: false });
  const last = layers.at(-1);
  return { value, why: last?.why, optional: last?.optional === true };
}

const WRITTEN = '; make-oil writes it, which oil.service runs (line 3)';

test('a setting of a service whose mandatory file is absent is traced, and the layer says who would write the file', () => {
  const subject = subjectOf();
  expect(lastLayer(subject)).toEqual({
    value: 'red',
    why: `absent, and must exist: systemd refuses to start the service without it${WRITTEN}`,
    optional: false,
  });
  expect(() => refuseMissingFiles(subject.host, subject.service)).toThrow(
    `${UNIT}:3:1: EnvironmentFile=/etc/lamp/oil does not exist`,
  );
});

test('a variable that only its writer names is one of the settings', () => {
  const { value, writers } = traceSetting(subjectOf(), 'OIL', { showSecrets: false });
  expect({ value, programs: writers?.map(({ program }) => program) }).toEqual({
    value: null,
    programs: [MAKER],
  });
});

test('what is no file, though it is there, is said as such', () => {
  const fifo = subjectOf({ '/etc/lamp/oil': FIFO });
  expect(lastLayer(fifo).why).toBe(
    `is a FIFO, socket or device, not a file; there must be one: systemd refuses to start the service like that${WRITTEN}`,
  );
  const directory = subjectOf({ '/etc/lamp/oil': DIRECTORY }, '-/etc/lamp/oil');
  expect(lastLayer(directory)).toMatchObject({ why: 'is a directory, not a file', optional: true });
});

test('a link that leads out of the root leads nowhere', () => {
  const outward = subjectOf({ '/etc/lamp/oil': '-> ../../../../../../etc/hostname' });
  const reason = 'is a link to ../../../../../../etc/hostname, which does not exist in this root';
  expect(lastLayer(outward).why).toBe(
    `${reason}; there must be one: systemd refuses to start the service like that${WRITTEN}`,
  );
  expect(() => refuseMissingFiles(outward.host, outward.service)).toThrow(
    `${UNIT}:3:1: EnvironmentFile=/etc/lamp/oil ${reason}`,
  );
});

test('a pattern that must match something and does not', () => {
  expect(lastLayer(subjectOf(undefined, '/etc/lamp/*.env')).why).toBe(
    'matches no file; there must be one: systemd refuses to start the service without it',
  );
});
