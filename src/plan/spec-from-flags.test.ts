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
