import { expect, test } from 'vitest';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { specFromFlags } from './spec-from-flags.ts';

test('flags become a spec of settings alone', () => {
  const { service, settings, replacement } = specFromFlags('dcos-mesos-slave.service', {
    set: [
      'MESOS_PORT=5052',
      'MESOS_ISOLATION+=,gpu/nvidia',
      'MESOS_ISOLATION-=posix/disk',
      'MESOS_ISOLATION-=a=b',
      'MESOS_ATTRIBUTES=rack:2;a-=b',
      'MESOS_HOSTNAME=',
    ],
    unset: ['MESOS_HOOKS'],
  });
  expect(service).toBe('dcos-mesos-slave.service');
  expect(replacement).toBeUndefined();
  expect(settings).toEqual({
    set: { MESOS_PORT: '5052', MESOS_ATTRIBUTES: 'rack:2;a-=b', MESOS_HOSTNAME: '' },
    append: { MESOS_ISOLATION: ',gpu/nvidia' },
    remove: { MESOS_ISOLATION: ['posix/disk', 'a=b'] },
    unset: ['MESOS_HOOKS'],
  });
});

test.each([
  [
    { set: ['MESOS_PORT'], unset: [] },
    '--set MESOS_PORT is neither NAME=VALUE nor NAME+=TEXT nor NAME-=ELEMENT',
  ],
  [{ set: ['1=2'], unset: [] }, 'settings.set.1 is not the name of an environment variable'],
  [{ set: ['A=1', 'A+=2'], unset: [] }, 'A is under set: as well, which gives it its whole value'],
  [{ set: ['A=1'], unset: ['A'] }, 'A is given a value as well'],
  [
    { set: [], unset: [] },
    'the spec changes nothing: it has no replacement, libraries, settings, files or state',
  ],
])('%j is refused', (flags, message) => {
  expect(() => specFromFlags('nginx.service', flags)).toThrow(new CouldNotRun(message));
});

test.each([[['A=1', 'A=2']], [['A=1', 'B=1', 'A=1']]])('%j is refused: a value is set once', (set) => {
  expect(() => specFromFlags('nginx.service', { set, unset: [] })).toThrow(
    expect.objectContaining({
      message: '--set A= is given twice, and A can have one value',
      next: 'Leave one of them out. To add to the value that is there: --set A+=TEXT',
    }),
  );
});

test('texts that are added, and elements that are taken out, come together', () => {
  const { settings } = specFromFlags('nginx.service', { set: ['A+=1', 'A-=x', 'A+=2', 'A-=y'], unset: [] });
  expect(settings).toMatchObject({ append: { A: '12' }, remove: { A: ['x', 'y'] } });
});
