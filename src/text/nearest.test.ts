import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['MESOS_ISOLATON', ['MESOS_ISOLATION', 'MESOS_MASTER'], 'MESOS_ISOLATION'],
  ['ngnix', ['nginx', 'ssh'], 'nginx'],
  ['mesos_isolation', ['MESOS_ISOLATION'], 'MESOS_ISOLATION'],
  ['ssh', ['rc', 'cron'], undefined],
  ['ssh', ['sshd'], 'sshd'],
  ['completely-else', ['nginx'], undefined],
])('%s among %j is %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
