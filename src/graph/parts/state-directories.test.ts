import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { stateDirectoriesPart } from './state-directories.ts';
import { writeAccessPart } from './write-access.ts';

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
    '/var/lib/oil false',
    '/run/lamp false',
  ]);
  expect(edges.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'keeps-state-in StateDirectory',
    'keeps-state-in StateDirectory',
    'keeps-state-in StateDirectory',
    'keeps-state-in RuntimeDirectory',
  ]);
  expect(edges[0]?.evidence).toEqual({ file: UNIT, line: 4, column: 1 });
});

test('of a dynamic user: the private directory, the link to it, and the links that the unit asks for', () => {
  const host = rootWith({
    [UNIT]:
      '[Service]\nDynamicUser=yes\nProtectSystem=strict\nStateDirectory=old:gone\nStateDirectory=\nStateDirectory=lamp:wick-%i lamp:%i\nCacheDirectory=lamp\nRuntimeDirectory=lamp:wick\nConfigurationDirectory=lamp\n',
    '/var/lib/private/lamp/oil': 'full',
    '/var/lib/lamp': '-> private/lamp',
    '/var/lib/wick-east': '-> lamp',
  });
  const subject = new Subject(host, 'lamp@east', { knowledge: [] });
  const part = stateDirectoriesPart(subject);
  const { nodes, edges } = part;
  expect(writeAccessPart(subject, [part]).nodes).toEqual([]);
  expect(
    nodes.map(({ path, exists, attributes }) => `${path} ${exists} ${attributes['link to'] ?? ''}`.trim()),
  ).toEqual([
    '/var/lib/lamp true private/lamp',
    '/var/lib/private/lamp true',
    '/var/lib/wick-east true lamp',
    '/var/lib/east false lamp',
    '/var/cache/lamp false private/lamp',
    '/var/cache/private/lamp false',
    '/run/lamp false',
    '/run/wick false lamp',
    '/etc/lamp false',
  ]);
  const evidence = { file: UNIT, line: 6, column: 1 };
  const ofState = edges.filter(({ label }) => label === 'StateDirectory');
  expect(ofState.map(({ kind, evidence: where }) => [kind, where])).toEqual(
    ofState.map(() => ['keeps-state-in', evidence]),
  );
  const preserved = rootWith({
    [UNIT]: '[Service]\nDynamicUser=yes\nRuntimeDirectory=lamp\nRuntimeDirectoryPreserve=yes\n',
  });
  const kept = stateDirectoriesPart(new Subject(preserved, 'lamp@east', { knowledge: [] }));
  expect(kept.nodes.map(({ path }) => path)).toEqual(['/run/lamp', '/run/private/lamp']);
});
