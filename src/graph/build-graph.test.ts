import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { buildWholeGraph } from './build-graph.ts';
import { Subject } from './subject.ts';

test('what only the running systemd knows of the environment is said', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp.service':
      '[Service]\nExecStart=/usr/bin/lamp\nPassEnvironment=OLD\nPassEnvironment=\nPassEnvironment=WICK OIL\nEnvironment=OIL=whale\n',
  });
  const said = (managerEnvironment?: 'unknown' | ReadonlyMap<string, string>) => {
    const options = managerEnvironment === undefined ? {} : { managerEnvironment };
    const { notExamined } = buildWholeGraph(new Subject(host, 'lamp', { knowledge: [], ...options }));
    return notExamined.filter((line) => /Environment|environment/.test(line));
  };
  const passed = 'PassEnvironment=WICK: whether systemd itself was started with it';
  expect(said()).toEqual([passed]);
  expect(said(new Map([['LAMP', 'set']]))).toEqual([passed]);
  expect(said('unknown')).toEqual([
    passed,
    'what systemctl set-environment has given the manager: no systemd answers here',
  ]);
});
