import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { socketsPart } from './sockets.ts';

const UNITS = '/usr/lib/systemd/system';

test('what socket units open for a service, with the line; an empty line takes back what was before', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/usr/bin/lamp\nSockets=oil.socket\n',
    [`${UNITS}/lamp.socket`]: '[Socket]\nListenStream=7000\nListenStream=/run/lamp.sock\n',
    '/etc/systemd/system/lamp.socket.d/port.conf':
      '[Socket]\nListenStream=\nListenStream=0.0.0.0:7001\nListenDatagram=127.0.0.1:7002\n',
    [`${UNITS}/oil.socket`]: '[Socket]\nListenStream=/run/oil.sock\n',
    [`${UNITS}/horn.socket`]: '[Socket]\nListenStream=7003\n',
  });
  const { nodes, edges } = socketsPart(new Subject(host, 'lamp', { knowledge: [] }));
  expect(nodes.map(({ id, attributes }) => `${id} ${attributes['socket unit']}`)).toEqual([
    'port:7001 lamp.socket',
    'port:127.0.0.1:7002/udp lamp.socket',
    'file:/run/oil.sock oil.socket',
  ]);
  expect(edges[0]).toEqual({
    from: 'service:lamp.service',
    to: 'port:7001',
    kind: 'names',
    label: 'ListenStream',
    evidence: { file: '/etc/systemd/system/lamp.socket.d/port.conf', line: 3, column: 1 },
  });
});

test('a service without a socket unit', () => {
  const host = rootWith({ [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/usr/bin/lamp\n' });
  expect(socketsPart(new Subject(host, 'lamp', { knowledge: [] }))).toEqual({ nodes: [], edges: [] });
});

test('a masked socket unit opens nothing, whatever the file behind its mask says', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/usr/bin/lamp\nSockets=oil.socket\n',
    [`${UNITS}/lamp.socket`]: '[Socket]\nListenStream=7000\n',
    '/etc/systemd/system/lamp.socket': '-> /dev/null',
    '/etc/systemd/system/lamp.socket.d/port.conf': '[Socket]\nListenStream=7001\n',
    [`${UNITS}/oil.socket`]: '[Socket]\nListenStream=/run/oil.sock\n',
  });
  const { nodes } = socketsPart(new Subject(host, 'lamp', { knowledge: [] }));
  expect(nodes.map(({ id }) => id)).toEqual(['file:/run/oil.sock']);
});

test('the socket of an instance whose name has dots', () => {
  const host = rootWith({
    [`${UNITS}/lamp@.service`]: '[Service]\nExecStart=/usr/bin/lamp\n',
    [`${UNITS}/lamp.socket`]: '[Socket]\nListenStream=7000\nAccept=yes\n',
  });
  const { nodes } = socketsPart(new Subject(host, 'lamp@east.example.org', { knowledge: [] }));
  expect(nodes.map(({ id }) => id)).toEqual(['port:7000']);
});

test('a socket unit that systemd refuses opens nothing', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/usr/bin/lamp\nSockets=bell/horn.socket\n',
    [`${UNITS}/lamp.socket`]: '[Socket\nListenStream=7000\n',
  });
  const { nodes } = socketsPart(new Subject(host, 'lamp', { knowledge: [] }));
  expect(nodes).toEqual([]);
});
