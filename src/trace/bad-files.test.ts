// Files that stop systemd from nothing, whatever they are.
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import { refuseMissingFiles } from '../service/service.ts';
import { traceAll, traceSetting } from './trace-setting.ts';

const UNIT = '/etc/systemd/system/lamp.service';

test('an environment file that is a circle of links gives nothing, and the rest is traced', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nEnvironment=OIL=whale\nEnvironmentFile=-/etc/loop\nExecStart=/usr/bin/lamp\n',
    '/etc/loop': '-> loop',
  });
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  const { value, layers } = traceSetting(subject, 'OIL', { showSecrets: false });
  expect([value, layers.at(-1)?.operation, layers.at(-1)?.why]).toEqual([
    'whale',
    'absent',
    'leads through links in a circle',
  ]);
  expect(traceAll(subject, { showSecrets: false }).traces.length).toBeGreaterThan(1);
});

test('a drop-in that is a circle of links is passed over, and the others are read', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nExecStart=/usr/bin/lamp\n',
    [`${UNIT}.d/10-loop.conf`]: '-> 10-loop.conf',
    [`${UNIT}.d/20-nice.conf`]: '[Service]\nNice=4\n',
  });
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  expect(traceSetting(subject, 'Nice', { showSecrets: false }).value).toBe('4');
});

test('an environment file that is too large to be read leaves the rest to be traced', () => {
  const host = rootWith({
    [UNIT]:
      '[Service]\nEnvironment=OIL=whale\nEnvironmentFile=/etc/large\nEnvironmentFile=/etc/small\nExecStart=/usr/bin/lamp\n',
    '/etc/large': `# ${'x'.repeat(5_000_000)}\n`,
    '/etc/small': 'WICK=cotton\n',
  });
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  const asked = (name: string): unknown[] => {
    const { value, confidence, notExamined } = traceSetting(subject, name, { showSecrets: false });
    return [value, confidence, notExamined.filter((what) => what.startsWith('what '))];
  };
  const reason = '/etc/large: 5000003 bytes, more than the 4194304 that are read';
  expect(asked('WICK')).toEqual(['cotton', 'parsed', []]);
  expect(asked('OIL')).toEqual(['whale', 'unknown', [`what /etc/large sets: ${reason}`]]);
  expect(() => refuseMissingFiles(host, subject.service)).toThrow(reason);
});
