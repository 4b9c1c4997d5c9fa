import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import type { GraphNode } from '../../documents/inspection.ts';
import { Subject } from '../subject.ts';
import { execRightsPart } from './exec-rights.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const node = (kind: 'program' | 'library' | 'file', path: string): GraphNode => ({
  id: `${kind}:${path}`,
  kind,
  name: path,
  path,
  exists: true,
  attributes: {},
});

function faults(lines: string): readonly (readonly [id: string, fault: string | undefined])[] {
  const host = rootWith({
    [UNIT]: `[Service]\nExecStart=/opt/lamp/bin/lamp\n${lines}`,
    '/opt/lamp/bin/lamp': 'lamp',
    '/opt/lamp/lib/libglow.so': 'glow',
    '/lib': '-> opt/lamp/lib',
  });
  const nodes = [
    node('program', '/opt/lamp/bin/lamp'),
    node('library', '/lib/libglow.so'),
    node('file', '/opt/lamp/bin/lamp'),
  ];
  const part = execRightsPart(new Subject(host, 'lamp', { knowledge: [] }), [{ nodes, edges: [] }]);
  return part.nodes.map(({ id, attributes }) => [id, attributes['fault']]);
}

test('what a unit forbids to execute is a fault of the program and of the library, by its real path', () => {
  expect(faults('NoExecPaths=/\nExecPaths=/usr /opt/lamp/bin\n')).toEqual([
    ['library:/lib/libglow.so', `the loader fails to map it: NoExecPaths=/ at ${UNIT}:3:1`],
  ]);
  expect(faults('NoExecPaths=-/opt\n')).toEqual([
    ['program:/opt/lamp/bin/lamp', `it can not be started: NoExecPaths=/opt at ${UNIT}:3:1`],
    ['library:/lib/libglow.so', `the loader fails to map it: NoExecPaths=/opt at ${UNIT}:3:1`],
  ]);
});

test('what it allows, and lines that a later empty one takes back', () => {
  expect(faults('NoExecPaths=/\nExecPaths=/opt\n')).toEqual([]);
  expect(faults('NoExecPaths=/opt\nNoExecPaths=\n')).toEqual([]);
});
