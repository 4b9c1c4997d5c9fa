import { expect, test } from 'vitest';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { rootWith } from '../../../test/root-with.ts';
import { buildGraph } from '../../graph/build-graph.ts';
import { Subject } from '../../graph/subject.ts';
import { inspect } from '../../inspect/inspect.ts';
import { inspectionText } from './inspection-text.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';

test('a service as a tree, with the evidence of each edge, and who refers to it', () => {
  const host = rootWith({
    [UNIT]:
      '[Unit]\nAfter=network.target\n[Service]\nUser=keeper\nEnvironmentFile=/etc/default/lighthouse\nStateDirectory=lighthouse\nExecStart=/usr/bin/lamp.sh\n',
    '/etc/default/lighthouse': 'LAMP_CONF=/etc/lamp.conf\nKEEPER_PASSWORD=gull\n',
    '/etc/lamp.conf': '',
    '/usr/bin/lamp.sh': '#!/bin/sh\n. /usr/lib/lamp/flags.sh\nexec /usr/bin/lamp\n',
    '/etc/systemd/system/foghorn.service':
      '[Unit]\nBindsTo=lighthouse.service\n[Service]\nExecStart=/usr/bin/horn\n',
  });
  const inspection = inspect(buildGraph(new Subject(host, 'lighthouse', { knowledge: [] })), true);
  expect(
    inspectionText({ colour: false, width: undefined }, inspection, { only: [], depth: undefined }),
  ).toBe(
    `lighthouse.service
├─ configured by (2)
│  ├─ /etc/default/lighthouse  ${UNIT}:5
│  │  └─ sets (2)
│  │     ├─ KEEPER_PASSWORD (= (secret))  /etc/default/lighthouse:2
│  │     └─ LAMP_CONF (= /etc/lamp.conf)  /etc/default/lighthouse:1
│  │        └─ names (1)
│  │           └─ /etc/lamp.conf  /etc/default/lighthouse:1
│  └─ ${UNIT}  unit load path
├─ runs as (1)
│  └─ user keeper (does not exist on this host)  User ${UNIT}:4
├─ starts (1)
│  └─ /usr/bin/lamp.sh  ExecStart ${UNIT}:7
│     ├─ starts (2)
│     │  ├─ /usr/bin/lamp (absent)  exec /usr/bin/lamp.sh:3
│     │  └─ /bin/sh (absent)  #! /usr/bin/lamp.sh:1
│     └─ sources (1)
│        └─ /usr/lib/lamp/flags.sh (absent)  /usr/bin/lamp.sh:2
├─ keeps state in (1)
│  └─ /var/lib/lighthouse (absent, made when it starts)  StateDirectory ${UNIT}:6
├─ other units (1)
│  └─ network.target  After ${UNIT}:2
└─ referred to by (1)
   └─ /etc/systemd/system/foghorn.service  BindsTo /etc/systemd/system/foghorn.service:2

not examined: /usr/bin/lamp.sh:2:1: decided only when it runs: . /usr/lib/lamp/flags.sh
not examined: configuration files other than those named above: their content is not read
not examined: libraries that a program opens by itself while it runs, unless a configuration above names them
`,
  );
});

test('what does not fit into the width goes on below, further in', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nExecStart=/usr/bin/lamp\n',
    '/usr/bin/lamp': '#!/bin/sh\nexec /usr/lib/lighthouse/bin/lamp-with-a-long-name\n',
  });
  const inspection = inspect(buildGraph(new Subject(host, 'lighthouse', { knowledge: [] })), true);
  const text = inspectionText({ colour: false, width: 60 }, inspection, {
    only: ['program'],
    depth: undefined,
  });
  expect(text.split('\n').slice(0, 6)).toEqual([
    'lighthouse.service',
    '└─ starts (1)',
    '   └─ /usr/bin/lamp  ExecStart',
    `        ${UNIT}:2`,
    '      └─ starts (2)',
    '         ├─ /usr/lib/lighthouse/bin/lamp-with-a-long-name',
  ]);
});

test('what was observed, what is kept, and what was declared and is not so', () => {
  const node = (
    id: string,
    kind: GraphNode['kind'],
    name: string,
    attributes: GraphNode['attributes'],
  ): GraphNode => ({ id, kind, name, exists: true, attributes });
  const how = { how: 'seen' };
  const from = 'service:lamp.service';
  const text = inspectionText(
    { colour: false, width: 80 },
    {
      apiVersion: 'cutover/v1',
      kind: 'Inspection',
      service: 'lamp.service',
      nodes: [
        node(from, 'service', 'lamp.service', {}),
        node('process:7', 'process', 'processes 7, 8', {
          program: '/usr/bin/lamp',
          user: 'keeper',
          group: 'keeper',
          capabilities: 'none',
          'bounding set': 'all',
          'no new privileges': 'yes',
        }),
        node('process:9', 'process', 'process 9', {
          capabilities: 'all but cap_bpf',
          'bounding set': 'all but cap_bpf',
        }),
        node('port:80', 'port', '80', { observed: 'listening', protocol: 'tcp', 'open connections': '3' }),
        node('port:81', 'port', '81', { observed: 'not listening' }),
        node('directory:/a', 'directory', '/a', { files: '1', bytes: '1500', 'bytes on disk': '4096' }),
        node('directory:/b', 'directory', '/b', {
          files: '9000',
          bytes: '2000000',
          'bytes on disk': '2100000',
          'counted entries': '10000',
        }),
        node('directory:/c', 'directory', '/c', { files: '0', bytes: '0', 'bytes on disk': '4096' }),
      ],
      edges: [
        { from, to: 'process:7', kind: 'runs', evidence: how },
        { from, to: 'process:9', kind: 'runs', evidence: how },
        { from, to: 'port:80', kind: 'listens-on', evidence: how },
        { from, to: 'port:81', kind: 'names', evidence: how },
        ...['/a', '/b', '/c'].map(
          (path): GraphEdge => ({ from, to: `directory:${path}`, kind: 'keeps-state-in', evidence: how }),
        ),
      ],
      notExamined: [],
    },
    { only: [], depth: undefined },
  );
  expect(text).toBe(`lamp.service
├─ runs now (2)
│  ├─ processes 7, 8: /usr/bin/lamp (user keeper, group keeper, capabilities
│  │    none, no new privileges)  seen
│  └─ process 9 (capabilities: its whole bounding set)  seen
├─ listens now (1)
│  └─ 80 (tcp, open connections 3)  seen
├─ names (1)
│  └─ 81 (nothing of the service listens there now)  seen
└─ keeps state in (3)
   ├─ /a (1 file, 1.5 kB, 4.1 kB on disk)  seen
   ├─ /b (more than 9000 files, more than 2.0 MB, more than 2.1 MB on disk,
   │    more than 10000 entries, not counted further)  seen
   └─ /c (empty)  seen

`);
});
