import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { stateDirectoriesPart } from './parts/state-directories.ts';
import { Subject } from './subject.ts';

const UNIT = '/usr/lib/systemd/system/lamp.service';

test("the manager's configuration is read once, and only when a default of it is asked for", () => {
  let reads = 0;
  const root = rootWith({
    [UNIT]: '[Service]\nExecStart=/usr/bin/lamp\nRestart=always\n',
    '/etc/systemd/system.conf': '[Manager]\nDefaultTimeoutStartSec=7\n',
  });
  const subject = new Subject(root, 'lamp', { knowledge: [] });
  const readFile = subject.host.readFile.bind(subject.host);
  subject.host.readFile = (path, limit) => {
    if (path === '/etc/systemd/system.conf') reads += 1;
    return readFile(path, limit);
  };
  expect(subject.properties.get('Restart')?.value).toBe('always');
  expect(reads).toBe(0);
  expect(subject.properties.get('TimeoutStartUSec')?.value).toBe('7s');
  expect(subject.properties.get('RestartUSec')?.value).toBe('100ms');
  expect(subject.properties.get('TimeoutStopUSec')?.value).toBe('1min 30s');
  expect(reads).toBe(1);
});

test('a directive with a name that every object of JavaScript knows is no directory of the service', () => {
  const root = rootWith({
    [UNIT]: '[Service]\nExecStart=/usr/bin/lamp\nconstructor=lamp\nStateDirectory=lamp\n',
  });
  const { nodes } = stateDirectoriesPart(new Subject(root, 'lamp', { knowledge: [] }));
  expect(nodes.filter(({ kind }) => kind === 'directory').map(({ name }) => name)).toEqual(['/var/lib/lamp']);
});
