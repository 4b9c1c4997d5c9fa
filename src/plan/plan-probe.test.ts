import { expect, test } from 'vitest';
import { parseSpec } from './parse-spec.ts';
import { planProbe } from './plan-probe.ts';

const HEAD = 'apiVersion: cutover/v1\nkind: Replacement\nservice: redis\nsettings: { set: { A: b } }\n';
const probes = (probe: string) =>
  parseSpec('cutover.yaml', `${HEAD}gate:\n  probes: [${probe}]\n`).gate.probes;

test.each([
  ['{ title: up, url: "http://h/" }', { title: 'up', url: 'http://h/', status: 200, json: [] }],
  ['{ title: up, tcp: "127.0.0.1:6379" }', { title: 'up', tcp: '127.0.0.1:6379' }],
  ['{ title: up, tcp: "[::1]:6379" }', { title: 'up', tcp: '[::1]:6379' }],
  [
    '{ title: up, command: [/usr/bin/redis-cli, ping], prints: PONG }',
    { title: 'up', command: ['/usr/bin/redis-cli', 'ping'], prints: 'PONG' },
  ],
  ['{ title: up, command: [/bin/true] }', { title: 'up', command: ['/bin/true'] }],
  ['{ title: up, log: Ready to accept }', { title: 'up', log: 'Ready to accept', must: 'appear' }],
  ['{ title: up, log: oops, must: not-appear }', { title: 'up', log: 'oops', must: 'not-appear' }],
])('%s', (text, planned) => {
  expect(probes(text).map(planProbe)).toEqual([planned]);
});

test.each([
  ['{ title: up }', 'cutover.yaml:6:12: a probe needs one of url, tcp, command, log'],
  ['{ title: up, tcp: "h:1", log: x }', "cutover.yaml:6:37: a probe with tcp can't have log as well"],
  [
    '{ title: up, tcp: "h:1", status: 200 }',
    'cutover.yaml:6:37: status goes with url, and this probe has tcp',
  ],
  ['{ title: up, tcp: localhost }', 'cutover.yaml:6:30: gate.probes[0].tcp must be HOST:PORT'],
  [
    '{ title: up, command: [redis-cli] }',
    'cutover.yaml:6:34: gate.probes[0].command must begin with an absolute path',
  ],
  [
    '{ title: up, log: x, must: vanish }',
    'cutover.yaml:6:39: gate.probes[0].must must be one of appear, not-appear',
  ],
])('%s is refused', (text, message) => {
  expect(() => probes(text)).toThrow(message);
});
