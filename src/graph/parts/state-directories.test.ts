import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { stateDirectoriesPart } from './state-directories.ts';

const UNIT = '/etc/systemd/system/lamp@.service';

test('the directories that systemd makes for a service, specifiers put in, an empty line heeded', () => {
  const host = rootWith({
    [UNIT]:
      '[Service]\nStateDirectory=gone\nStateDirectory=\nStateDirectory=lamp/%i lamp/log:oil\nRuntimeDirectory=lamp\n',
    '/var/lib/lamp/east/oil': 'full',
  });
  const { nodes, edges } = stateDirectoriesPart(new Subject(host, 'lamp@east', { knowledge: [] }));
  expect(nodes.map(({ path, exists }) => `${path} ${exists}`)).toEqual([
    '/var/lib/lamp/east true',
    '/var/lib/lamp/log false',
    '/run/lamp false',
  ]);
  expect(edges.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'keeps-state-in StateDirectory',
    'keeps-state-in StateDirectory',
    'keeps-state-in RuntimeDirectory',
  ]);
  expect(edges[0]?.evidence).toEqual({ file: UNIT, line: 4, column: 1 });
});
