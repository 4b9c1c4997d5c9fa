import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { mappedFiles } from '../../service/mapped-files.ts';
import { Subject } from '../subject.ts';
import { mappedFilesPart } from './mapped-files.ts';

const mapped = (path: string, permissions = 'r-xp', inode = 7): string =>
  `7f0000000000-7f0000001000 ${permissions} 00000000 08:01 ${inode}                 ${path}\n`;

test('what its processes have mapped, but for what is known by one name or another', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/usr/bin/lamp\n',
    '/usr/lib/libglow.so.1.0': 'glow',
    '/usr/lib/libglow.so.1': '-> libglow.so.1.0',
    '/proc/7/exe': '-> /opt/ember',
    '/proc/7/maps': [
      mapped('/opt/ember'),
      mapped('/usr/lib/libglow.so.1.0'),
      mapped('/usr/lib/wick.so'),
      mapped('/usr/share/data', 'r--p'),
      mapped('/usr/lib/old.so (deleted)'),
    ].join(''),
    '/proc/8/maps': mapped('/usr/lib/wick.so'),
  });
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  const path = '/usr/lib/libglow.so.1';
  const known = {
    id: `library:${path}`,
    kind: 'library',
    name: 'libglow.so.1',
    path,
    exists: true,
    attributes: {},
  } as const;
  const { nodes, edges, notExamined } = mappedFilesPart(subject, mappedFiles(host, [7, 8, 9]), [
    { nodes: [known], edges: [] },
  ]);
  expect(nodes.map(({ id }) => id)).toEqual(['program:/opt/ember', 'module-library:/usr/lib/wick.so']);
  expect(edges.map(({ label, evidence }) => [label, evidence])).toEqual([
    ['runs now', { how: 'process 7 has it mapped (/proc/7/maps)' }],
    ['opened by itself', { how: 'processes 7, 8 have it mapped (/proc/7/maps)' }],
  ]);
  expect(notExamined).toEqual([]);
});
