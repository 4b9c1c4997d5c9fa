import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sizesPart } from '../../../src/graph/parts/sizes.ts';
import { stateDirectoriesPart } from '../../../src/graph/parts/state-directories.ts';
import { Subject } from '../../../src/graph/subject.ts';
import { directorySize } from '../../../src/service/directory-size.ts';
import { rootWith } from '../../root-with.ts';

test('what lies in them, counted as du does: a file with two names once, holes not on the disk', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp.service': '[Service]\nStateDirectory=lamp\n',
    '/var/lib/lamp/deep/oil': 'x'.repeat(5000),
    '/var/lib/lamp/log': 'lit',
    '/var/lib/lamp/link': '-> /etc',
  });
  const directory = `${host.root}/var/lib/lamp`;
  execFileSync('ln', [`${directory}/log`, `${directory}/deep/log`]);
  truncateSync(`${directory}/log`, 1_000_000);
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  const { nodes } = sizesPart(subject, [stateDirectoriesPart(subject)]);
  const says = (...flags: string[]) =>
    execFileSync('du', ['-s', ...flags, directory], { encoding: 'utf8' }).split('\t')[0];
  const found = execFileSync('find', [directory, '-not', '-type', 'd', '-links', '1', '-printf', '%s\n'], {
    encoding: 'utf8',
  });
  const apparent = found.split('\n').reduce((sum, line) => sum + Number(line), 1_000_000);
  expect(nodes.map(({ attributes }) => attributes)).toEqual([
    { files: '3', bytes: String(apparent), 'bytes on disk': says('--block-size=1') },
  ]);
});

test('a count that is ended says so', () => {
  const names = Array.from({ length: 20 }, (_, at) => [`/var/lib/lamp/${at % 3}/${at}`, 'x'] as const);
  const host = rootWith(Object.fromEntries(names));
  expect(directorySize(host, '/var/lib/lamp', 10)).toMatchObject({ endedAt: 10 });
  expect(directorySize(host, '/var/lib/lamp', 24)).toMatchObject({ files: 20, endedAt: undefined });
  expect(directorySize(host, '/var/lib/lamp', 23).endedAt).toBe(23);
});
