import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import type { GraphNode } from '../../documents/inspection.ts';
import { nodeId } from '../graph.ts';
import { Subject } from '../subject.ts';
import { observedSocketsPart } from './observed-sockets.ts';
import { socketsPart } from './sockets.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, remote: string, state: string, inode: number): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`;
const [LOCAL, ANY] = ['0100007F', '00000000'];
const [ANY6, LOCAL6] = ['0'.repeat(32), '00000000000000000000000001000000'];
const NONE = (address: string): string => `${'0'.repeat(address.length)}:0000`;
const listen = (address: string, port: string, inode: number): string =>
  line(`${address}:${port}`, NONE(address), '0A', inode);

/** 7199 is 1C1F, 7200 is 1C20, 7201 is 1C21. */
function observed(tables: Readonly<Record<string, string>>, socketUnit = '[Socket]\n') {
  const sockets = Object.fromEntries(
    [1, 2, 3, 4].map((inode) => [`/proc/7/fd/${inode}`, `-> socket:[${inode}]`]),
  );
  const host = rootWith({
    '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/usr/bin/lamp\n',
    '/etc/systemd/system/lamp.socket': socketUnit,
    '/proc/7/ns/net': '-> net:[1]',
    ...sockets,
    ...Object.fromEntries(Object.entries(tables).map(([name, text]) => [`/proc/7/net/${name}`, HEAD + text])),
  });
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  return {
    part: (ports: readonly string[]) =>
      observedSocketsPart(subject, [7], [...declared(ports), socketsPart(subject)]),
  };
}

function declared(ports: readonly string[]) {
  const nodes = ports.map(
    (name): GraphNode => ({ id: nodeId('port', name), kind: 'port', name, exists: null, attributes: {} }),
  );
  return [{ nodes, edges: [] }];
}

function silent(
  tables: Readonly<Record<string, string>>,
  ports: readonly string[],
  socketUnit?: string,
): string[] {
  const { nodes } = observed(tables, socketUnit).part(ports);
  return nodes.flatMap(({ name, attributes }) => (attributes['observed'] === 'not listening' ? [name] : []));
}

test('a port without an address is served by a socket on any', () => {
  expect(silent({ tcp: listen(LOCAL, '1C1F', 1) }, ['7199', '7200', '7199/udp'])).toEqual([
    '7200',
    '7199/udp',
  ]);
  expect(silent({ tcp6: listen(LOCAL6, '1C1F', 1) }, ['7199'])).toEqual([]);
});

test('a port of one address is served by a socket on it and by one on every address', () => {
  const ports = ['127.0.0.1:7199', '192.0.2.1:7199', '[::1]:7199', 'tower:7199'];
  expect(silent({ tcp: listen(LOCAL, '1C1F', 1) }, ports)).toEqual(['192.0.2.1:7199', '[::1]:7199']);
  expect(silent({ tcp: listen(ANY, '1C1F', 1) }, ports)).toEqual(['[::1]:7199']);
  expect(silent({ tcp6: listen(ANY6, '1C1F', 1) }, ports)).toEqual([]);
});

test('of what has no table in /proc/PID/net nothing is said', () => {
  const unit =
    '[Socket]\nListenFIFO=/run/lamp.fifo\nListenStream=/var/run/lamp.sock\nListenStream=/run/none.sock\nListenStream=vsock:2:7199\nListenStream=%t/oil.sock\nListenStream=7201\n';
  const unix = '0000000000000000: 00000002 00000000 00010000 0001 01 4 /run/lamp.sock\n';
  expect(silent({ unix }, [], unit)).toEqual(['/run/none.sock', '7201']);
});

test('the evidence is the table of the version that the socket stands in', () => {
  const { edges } = observed({
    tcp: listen(LOCAL, '1C1F', 1),
    tcp6: listen(LOCAL6, '1C20', 2) + line(`${LOCAL6}:9C40`, `${LOCAL6}:1F90`, '01', 3),
    udp6: line(`${ANY6}:1C21`, NONE(ANY6), '07', 4),
  }).part([]);
  expect(edges.map(({ to, evidence }) => `${to} ${'how' in evidence ? evidence.how : ''}`)).toEqual([
    'port:127.0.0.1:7199 process 7, by /proc/7/net/tcp',
    'port:[::1]:7200 process 7, by /proc/7/net/tcp6',
    'port:[::]:7201/udp process 7, by /proc/7/net/udp6',
    'host:[::1]:8080 process 7, by /proc/7/net/tcp6',
  ]);
});
