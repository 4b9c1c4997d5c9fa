// What tomorrow needs of the machine around it: users, ports, places to write to, the PID file that is waited for.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, program } from '../../../test/small-elf.ts';
import type { Finding } from '../../documents/check-report.ts';
import { buildGraph } from '../../graph/build-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { Subject } from '../../graph/subject.ts';
import type { Examination, Knowledge } from '../../knowledge/knowledge.ts';
import type { GenericCheck } from '../generic-check.ts';
import { pidFileCheck } from './pid-file.ts';
import { portsCheck } from './ports.ts';
import { stateWritableCheck } from './state-writable.ts';
import { usersCheck } from './users.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';
const CONF = { file: '/etc/lamp.conf', line: 1, column: 1 };

interface Lamp {
  readonly unit?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What its configuration would name. */
  readonly ports?: readonly string[];
  readonly state?: readonly string[];
  readonly make?: (root: string) => void;
}

function graph({ unit = '', files = {}, ports = [], state = [], make }: Lamp): Graph {
  const host = rootWith({ [UNIT]: `[Service]\nExecStart=/opt/lamp -f /etc/lamp.conf\n${unit}`, ...files });
  make?.(host.root);
  return buildGraph(new Subject(host, 'lighthouse', { knowledge: [naming(ports, state)] }));
}

function naming(ports: readonly string[], state: readonly string[]): Knowledge {
  const named = [
    ...ports.map((name) => ({ kind: 'port' as const, name, edge: 'names' as const })),
    ...state.map((name) => ({
      kind: 'directory' as const,
      name,
      path: name,
      edge: 'keeps-state-in' as const,
    })),
  ];
  const examination: Examination = {
    nodes: named.map(({ kind, name }) => ({
      kind,
      name,
      ...(kind === 'directory' ? { path: name } : {}),
      id: `${kind}:${name}`,
      exists: null,
      attributes: {},
    })),
    edges: named.map(({ kind, name, edge }) => ({
      from: 'service:lighthouse.service',
      to: `${kind}:${name}`,
      kind: edge,
      evidence: CONF,
    })),
    notExamined: [],
    meanings: () => [],
    compare: () => [],
    advise: () => ({ state: [], probes: [], probesBack: [], irreversible: [] }),
  };
  return { id: 'lamps', examine: () => examination };
}

function findings(check: GenericCheck, today: Lamp, tomorrow: Lamp): Omit<Finding, 'id'>[] {
  const run = check.run(graph(today), graph(tomorrow));
  if ('couldNotRun' in run) throw new Error(run.couldNotRun);
  return [...run.findings];
}

describe('users', () => {
  const files = { '/etc/passwd': 'keeper:x:7:8::/:/bin/sh\n', '/etc/group': 'oilers:x:9:\n' };

  test('a user and a group that are not there', () => {
    const unit = 'User=mate\nGroup=oilers\nSupplementaryGroups=oilers wicks\n';
    expect(findings(usersCheck, { files }, { files, unit })).toEqual([
      {
        severity: 'blocker',
        subject: 'User=mate',
        reason: 'There is no such user: systemd ends the start with 217/USER.',
        evidence: [{ file: UNIT, line: 3, column: 1 }],
        remedy: 'useradd --system mate',
      },
      expect.objectContaining({ subject: 'SupplementaryGroups=wicks', remedy: 'groupadd --system wicks' }),
    ]);
  });

  test.each([
    ['that are', 'User=keeper\nGroup=9\n'],
    ['that systemd knows itself', 'User=nobody\n'],
    [
      'that a later line takes the place of',
      'User=mate\nUser=keeper\nSupplementaryGroups=wicks\nSupplementaryGroups=\n',
    ],
    ['that systemd makes', 'User=mate\nDynamicUser=yes\n'],
  ])('those %s', (_, unit) => {
    expect(findings(usersCheck, { files }, { files, unit })).toEqual([]);
  });

  test('one that is missing today', () => {
    expect(findings(usersCheck, { unit: 'User=mate\n' }, { unit: 'User=mate\n' })).toEqual([]);
  });
});

/** 127.0.0.1:4141 is held by process 7 of harbour.service; port 80 of all addresses by a process that nobody may look at. */
const PROC = {
  '/proc/net/tcp': `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:102D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99 1 0
   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 98 1 0
   2: 0100007F:1092 0100007F:0050 01 00000000:00000000 00:00000000 00000000     0        0 97 1 0
`,
  '/proc/7/fd/3': '-> socket:[99]',
  '/proc/7/cgroup': '0::/system.slice/harbour.service\n',
};

describe('ports', () => {
  test('one that another service holds, and one that nobody tells of', () => {
    expect(findings(portsCheck, { files: PROC }, { files: PROC, ports: ['127.0.0.1:4141', '80'] })).toEqual([
      {
        severity: 'blocker',
        subject: 'port 127.0.0.1:4141',
        reason: 'It is held by harbour.service (process 7): bind(2) says "Address already in use".',
        evidence: [CONF],
        remedy: 'Let another port be used, or stop who holds it: systemctl disable --now harbour.service',
      },
      expect.objectContaining({
        subject: 'port 80',
        remedy: 'Let another port be used, or stop who holds it: ss -ltnp tells which one it is.',
      }),
    ]);
  });

  test('other addresses and ports, connections, and what today names as well', () => {
    const free = ['127.0.0.2:4141', '[::1]:4141', '4142', '4242'];
    expect(findings(portsCheck, { files: PROC }, { files: PROC, ports: free })).toEqual([]);
    const both = { files: PROC, ports: ['80'] };
    expect(findings(portsCheck, both, both)).toEqual([]);
  });

  test('one that the service itself holds', () => {
    const files = { ...PROC, '/proc/7/cgroup': '0::/system.slice/lighthouse.service\n' };
    expect(findings(portsCheck, { files }, { files, ports: ['4141'] })).toEqual([]);
  });

  test('one that an enabled socket unit keeps, and one that is not enabled', () => {
    const files = {
      '/usr/lib/systemd/system/tide.socket': '[Socket]\nListenStream=4141\n',
      '/usr/lib/systemd/system/ebb.socket': '[Socket]\nListenStream=4242\n',
      '/etc/systemd/system/sockets.target.wants/tide.socket': '-> /usr/lib/systemd/system/tide.socket',
    };
    const said = findings(portsCheck, { files }, { files, ports: ['4141', '4242'] });
    expect(said.map(({ reason }) => reason)).toEqual([
      'It is held by tide.socket (/usr/lib/systemd/system/tide.socket:2:1): bind(2) says "Address already in use".',
    ]);
  });

  test.each([
    ['User=keeper\n', 'User=keeper has not got CAP_NET_BIND_SERVICE, which ports below 1024 want'],
    [
      'CapabilityBoundingSet=CAP_CHOWN\n',
      'CapabilityBoundingSet= takes CAP_NET_BIND_SERVICE away, which ports below 1024 want',
    ],
  ])('one that the service may not open, by %j', (unit, reason) => {
    const said = findings(portsCheck, {}, { unit, ports: ['443', '1024'] });
    expect(said).toMatchObject([
      { severity: 'blocker', subject: 'port 443', reason: `${reason}: bind(2) says "Permission denied".` },
    ]);
  });

  test.each([
    'User=keeper\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n',
    'CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n',
    'CapabilityBoundingSet=~CAP_CHOWN\n',
  ])('one that it may open, by %j', (unit) => {
    expect(findings(portsCheck, {}, { unit, ports: ['443'] })).toEqual([]);
  });
});

describe('places to write to', () => {
  const files = {
    '/srv/lamp/.keep': '',
    '/var/lib/lamp/.keep': '',
    '/etc/passwd': 'keeper:x:7:8::/:/bin/sh\n',
  };

  test('one that the sandbox leaves to be read only', () => {
    const unit = 'ProtectSystem=strict\nReadWritePaths=/var/lib/lamp\n';
    expect(findings(stateWritableCheck, { files, unit }, { files, unit, state: ['/srv/lamp'] })).toEqual([
      {
        severity: 'blocker',
        subject: '/srv/lamp',
        reason: `The service keeps state there, and ProtectSystem=strict (${UNIT}:3:1) lets nobody write below /.`,
        evidence: [CONF],
        remedy:
          'Let another place be used, or write ReadWritePaths=/srv/lamp in a drop-in and give the directory to the user of the service.',
      },
    ]);
  });

  test.each([
    'ProtectSystem=strict\nReadWritePaths=/srv/lamp\n',
    'ProtectSystem=strict\nReadWritePaths=-/srv\n',
    'ProtectSystem=full\nProtectHome=yes\n',
    'ProtectSystem=strict\nReadOnlyPaths=/srv\nReadWritePaths=/srv/lamp\n',
    'ProtectSystem=strict\nRootDirectory=/srv\n',
  ])('one that it leaves writable: %j', (unit) => {
    expect(findings(stateWritableCheck, { files }, { files, unit, state: ['/srv/lamp'] })).toEqual([]);
  });

  test('a directory that systemd makes for the service, and the private /tmp', () => {
    const unit = 'ProtectSystem=strict\nPrivateTmp=yes\nStateDirectory=lamp\nUser=keeper\n';
    expect(
      findings(stateWritableCheck, { files }, { files, unit, state: ['/var/lib/lamp', '/tmp'] }),
    ).toEqual([]);
  });

  test('one that belongs to somebody else', () => {
    const said = findings(
      stateWritableCheck,
      { files },
      { files, unit: 'User=keeper\n', state: ['/srv/lamp'] },
    );
    expect(said.map(({ reason }) => reason)).toEqual([
      `The service keeps state there, and User=keeper may not write /srv/lamp, which belongs to user ${process.getuid?.()} and has the mode 0755.`,
    ]);
  });

  test('one that can not be written to today either is a note', () => {
    const both = { files, unit: 'User=keeper\n', state: ['/srv/lamp'] };
    expect(findings(stateWritableCheck, both, both)).toMatchObject([{ severity: 'note' }]);
  });
});

describe.skipIf(!hasCompiler)('the PID file', () => {
  const writing = (path: string) => (root: string) =>
    program(
      join(root, 'opt/lamp'),
      `extern "C" void _start() {} extern const char path[]; const char path[] = "${path}";`,
    );
  const waits = { unit: 'Type=forking\nPIDFile=/run/lamp.pid\nExecStop=/bin/kill-by /run/lamp.pid\n' };
  const today = { ...waits, make: writing('/run/lamp.pid') };

  test('that nothing tells tomorrow to write', () => {
    expect(findings(pidFileCheck, today, { ...waits, make: writing('/run/other.pid') })).toEqual([
      {
        severity: 'blocker',
        subject: 'PIDFile=/run/lamp.pid',
        reason:
          'systemd waits for the file (Type=forking), and nothing tells /opt/lamp to write it: the start fails after TimeoutStartSec=.',
        evidence: [
          { file: UNIT, line: 4, column: 1 },
          { how: 'looked for in /opt/lamp, its command and its configuration' },
        ],
        remedy:
          'Tell the program to write /run/lamp.pid, or let it stay in the foreground and write Type=exec and an empty PIDFile= in a drop-in.',
      },
    ]);
  });

  test.each<[string, Lamp]>([
    ['among its texts', { ...waits, make: writing('/var/run/lamp.pid') }],
    [
      'in its configuration',
      { ...waits, make: writing('x'), files: { '/etc/lamp.conf': 'pid = "/run/lamp.pid"\n' } },
    ],
    ['where nobody waits', { unit: 'Type=exec\nPIDFile=/run/lamp.pid\n', make: writing('x') }],
  ])('that is %s', (_, tomorrow) => {
    expect(findings(pidFileCheck, today, tomorrow)).toEqual([]);
  });

  test('that today does not name either', () => {
    const silent = { ...waits, make: writing('x') };
    expect(findings(pidFileCheck, silent, silent)).toEqual([]);
  });
});
