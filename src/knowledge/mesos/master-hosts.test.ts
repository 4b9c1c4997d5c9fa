import { expect, test } from 'vitest';
import { masterHosts } from './master-hosts.ts';

test.each([
  ['zk://leader.mesos:2181/mesos', ['leader.mesos:2181']],
  ['zk://a:2181,b:2181,c:2181/mesos', ['a:2181', 'b:2181', 'c:2181']],
  ['zk://ann:oar@a:2181,b:2181/mesos', ['a:2181', 'b:2181']],
  ['10.0.0.1:5050', ['10.0.0.1:5050']],
  ['leader.mesos', ['leader.mesos']],
  ['file:///etc/mesos/zk', []],
  ['', []],
])('%s', (value, names) => {
  const hosts = masterHosts(value);
  expect(hosts.map(({ name }) => name)).toEqual(names);
  for (const { name, from } of hosts) expect(value.slice(from, from + name.length)).toBe(name);
});
