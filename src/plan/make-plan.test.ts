import { expect, test } from 'vitest';
import { planOf } from '../../test/plan-of.ts';
import { FIFO, rootWith } from '../../test/root-with.ts';
import type { Plan } from '../documents/plan.ts';
import { PlannedHost } from '../host/planned-host.ts';
import type { PlanAdvice } from '../knowledge/plan-advice.ts';
import { loadService } from '../service/service.ts';
import { digestOf } from './canonical-json.ts';
import { overlayOf } from './overlay-of.ts';
import { renderStep } from './render-step.ts';

const UNIT = '/etc/systemd/system/dcos-mesos-slave.service';
const PACKAGE_UNIT = '/opt/mesosphere/packages/mesos--bcd3532b/dcos.target.wants/dcos-mesos-slave.service';
const NODE = {
  [UNIT]: `-> ${PACKAGE_UNIT}`,
  [PACKAGE_UNIT]: `[Service]
EnvironmentFile=/opt/mesosphere/environment
EnvironmentFile=/opt/mesosphere/etc/mesos-slave-common
EnvironmentFile=-/var/lib/dcos/mesos-slave-common
ExecStart=/opt/mesosphere/packages/mesos--bcd3532b/bin/mesos-slave
`,
  '/opt/mesosphere/environment': 'LD_LIBRARY_PATH=/opt/mesosphere/lib\n',
  '/opt/mesosphere/etc/mesos-slave-common':
    'MESOS_ISOLATION=cgroups/cpu,cgroups/mem,com_mesosphere_StatsIsolatorModule\nMESOS_PORT=5051\n',
  '/opt/mesosphere/packages/mesos--bcd3532b/bin/mesos-slave': { text: 'mesos 0.28.1', mode: 0o755 },
  '/var/lib/mesos/slave/meta/slaves/S0/slave.info': 'S0',
  '/var/lib/mesos/slave/meta/slaves/latest': '-> /var/lib/mesos/slave/meta/slaves/S0',
  '/root/repo/mesos/build/bin/mesos-slave.sh': {
    text: '#!/bin/sh\nexec /root/repo/mesos/build/src/mesos-agent "$@"\n',
    mode: 0o755,
  },
  '/srv/mesos-1.0/sbin/mesos-agent': { text: 'mesos 1.0.0', mode: 0o755 },
  // Reads a file that some plans change, and has a comment that names another.
  '/etc/systemd/system/dcos-3dt.service':
    '[Service]\n# /etc/mesos/modules.json\nEnvironmentFile=-/var/lib/dcos/mesos-slave-common\nExecStart=/bin/3dt\n',
};
const HEAD = 'apiVersion: cutover/v1\nkind: Replacement\nservice: dcos-mesos-slave.service\n';
const BUILD_TREE = `${HEAD}replacement:\n  directory: /root/repo/mesos/build\n  command: bin/mesos-slave.sh --ip=10.0.0.7\n`;
const ADVICE: PlanAdvice = {
  state: [
    { path: '/var/lib/mesos/slave/meta', class: 'snapshot', why: 'what the agent has checkpointed' },
    { path: '/var/lib/mesos/slave/slaves', class: 'shared', why: 'sandboxes of running executors' },
  ],
  probes: [{ title: 'the agent answers', url: 'http://127.0.0.1:5051/health', status: 200, json: [] }],
  probesBack: [],
  irreversible: [
    {
      id: 'mesos-agent-new-id',
      title: 'the agent registers under a new id',
      why: 'The master refuses the old id for ever.',
      crossedWhenLinkChanged: '/var/lib/mesos/slave/meta/slaves/latest',
      leaveOut: ['/var/lib/mesos/slave/meta/slaves/latest'],
      difference: 'the agent has a new id',
    },
  ],
};
const DROP_IN = '/etc/systemd/system/dcos-mesos-slave.service.d/90-cutover.conf';

const GUARD = '/etc/systemd/system/dcos-mesos-slave.service.d/zz-cutover-guard.conf';

function contentOf(plan: Plan, path: string): string | undefined {
  const step = plan.steps.find((candidate) => candidate.kind === 'file-write' && candidate.path === path);
  return step?.kind === 'file-write' ? step.content : undefined;
}

test('what is written inside a snapshotted directory waits for the snapshot, also by another name', () => {
  const plan = planOf(
    rootWith({ ...NODE, '/srv/state': '-> /var/lib/mesos/slave' }),
    `${HEAD}files:
  - { path: /etc/mesos/flags, content: "" }
  - { path: /var/lib/mesos/slave/conf, content: "" }
  - { path: /srv/state/more, content: "" }
state: { snapshot: [/var/lib/mesos/slave] }
`,
  );
  expect(plan.steps.map((step) => ('path' in step ? `${step.kind} ${step.path}` : step.kind))).toEqual([
    'state-copy /var/lib/mesos/slave',
    `guard-set ${GUARD}`,
    'daemon-reload',
    'file-write /etc/mesos/flags',
    'daemon-reload',
    'unit-stop',
    'state-snapshot /var/lib/mesos/slave',
    'file-write /var/lib/mesos/slave/conf',
    'file-write /srv/state/more',
    'unit-start',
    'gate',
    `guard-lift ${GUARD}`,
    'daemon-reload',
  ]);
});

test('a build tree: steps in the order of every change, the store bound over the tree', () => {
  const plan = planOf(
    rootWith(NODE),
    `${BUILD_TREE}settings:
  set: { MESOS_MODULES: "file:///etc/mesos/modules.json" }
  remove: { MESOS_ISOLATION: [com_mesosphere_StatsIsolatorModule] }
  append: { MESOS_ISOLATION: ",gpu/nvidia" }
  unset: [LD_LIBRARY_PATH]
files: [{ path: /etc/mesos/modules.json, content: "{}" }]
state: { remove: [/var/lib/mesos/slave/meta/slaves/latest] }
accept: [mesos-agent-new-id]
`,
    ADVICE,
  );
  expect(plan.steps.map((step) => ('path' in step ? `${step.kind} ${step.path}` : step.kind))).toEqual([
    'store-add',
    'state-copy /var/lib/mesos/slave/meta',
    `guard-set ${GUARD}`,
    'daemon-reload',
    'file-write /etc/mesos/modules.json',
    'file-write /var/lib/dcos/mesos-slave-common',
    `file-write ${DROP_IN}`,
    'daemon-reload',
    'unit-stop',
    'state-snapshot /var/lib/mesos/slave/meta',
    'file-remove /var/lib/mesos/slave/meta/slaves/latest',
    'unit-start',
    'gate',
    `guard-lift ${GUARD}`,
    'daemon-reload',
  ]);
  const [added] = plan.steps;
  const store = added?.kind === 'store-add' ? added.storePath : '';
  expect(contentOf(plan, DROP_IN)).toBe(
    `# Written by Cutover. To take it back: cutover rollback, with the name of the service.
[Service]
BindReadOnlyPaths=${store}:/root/repo/mesos/build
ExecStart=
ExecStart=/root/repo/mesos/build/bin/mesos-slave.sh --ip=10.0.0.7
UnsetEnvironment=LD_LIBRARY_PATH
`,
  );
  expect(contentOf(plan, '/var/lib/dcos/mesos-slave-common')).toBe(
    'MESOS_ISOLATION=cgroups/cpu,cgroups/mem,gpu/nvidia\nMESOS_MODULES=file:///etc/mesos/modules.json\n',
  );
  expect(plan.effects).toEqual({
    restarts: ['dcos-mesos-slave.service'],
    activity: 'assumed',
    downtime:
      'dcos-mesos-slave.service is down from its stop to its start, while its state is compared with its copy and what has changed is copied; everything else is prepared before',
    readers: [{ unit: 'dcos-3dt.service', file: '/var/lib/dcos/mesos-slave-common' }],
    leftAlone: [{ path: '/var/lib/mesos/slave/slaves', why: 'sandboxes of running executors' }],
  });
  expect(plan.irreversible).toMatchObject([{ id: 'mesos-agent-new-id', accepted: true }]);
  expect(plan.watched.map(({ path, state }) => `${path} ${state.type}`)).toEqual([
    '/etc/mesos/modules.json absent',
    `${UNIT} link`,
    '/etc/systemd/system/dcos-mesos-slave.service.d absent',
    `${DROP_IN} absent`,
    '/opt/mesosphere/environment file',
    '/opt/mesosphere/etc/mesos-slave-common file',
    '/opt/mesosphere/packages/mesos--bcd3532b/bin/mesos-slave file',
    `${PACKAGE_UNIT} file`,
    '/var/lib/dcos/mesos-slave-common absent',
    '/var/lib/mesos/slave/meta/slaves/latest link',
  ]);
});

test('a tree that does not name itself is started from the store', () => {
  const plan = planOf(
    rootWith(NODE),
    `${HEAD}replacement: { directory: /srv/mesos-1.0, command: sbin/mesos-agent }\n`,
  );
  const [added] = plan.steps;
  expect(contentOf(plan, DROP_IN)).toContain(
    `[Service]\nExecStart=\nExecStart=${added?.kind === 'store-add' ? added.storePath : ''}/sbin/mesos-agent\n`,
  );
});

test('a blank in the path of a replacement is refused only where the unit must name the path', () => {
  const spec = `${HEAD}replacement: { directory: /srv/a b, command: bin/lamp }\n`;
  const plan = planOf(rootWith({ ...NODE, '/srv/a b/bin/lamp': { text: 'a lamp', mode: 0o755 } }), spec);
  expect(contentOf(plan, DROP_IN)).toMatch(
    /^ExecStart=\/var\/lib\/cutover\/store\/sha256-[\da-f]{64}\/bin\/lamp$/m,
  );
  expect(contentOf(plan, DROP_IN)).not.toContain('a b');
  for (const form of ['/srv/a b', '/srv/a\\ b', '/srv/a%20b']) {
    const host = rootWith({ ...NODE, '/srv/a b/bin/lamp': { text: `exec ${form}/x`, mode: 0o755 } });
    expect(() => planOf(host, spec)).toThrow("/srv/a b has a blank, which a unit file can't name safely");
  }
});

test('the digests say whether anything is different', () => {
  const host = rootWith(NODE);
  const text = `${HEAD}settings: { set: { MESOS_PORT: 5052 } }\n`;
  const plan = planOf(host, text);
  expect(planOf(host, text)).toEqual(plan);
  const { digest, ...rest } = plan;
  expect(digest).toBe(digestOf(rest));
  expect(plan.hostDigest).toBe(digestOf(plan.watched));
  const moved = planOf(rootWith({ ...NODE, '/opt/mesosphere/environment': 'A=1\n' }), text);
  expect(moved.hostDigest).not.toBe(plan.hostDigest);
  expect(moved.steps).toEqual(plan.steps);
});

test('settings alone are added to what Cutover has written before', () => {
  const host = rootWith(NODE);
  const first = planOf(host, `${BUILD_TREE}settings: { unset: [LD_LIBRARY_PATH] }\n`);
  const later = new PlannedHost(host, overlayOf(first));
  const second = planOf(
    later,
    `${HEAD}settings: { set: { MESOS_PORT: 5052, LD_LIBRARY_PATH: /srv }, unset: [MESOS_ISOLATION] }\n`,
  );
  expect(contentOf(second, DROP_IN)).toBe(
    contentOf(first, DROP_IN)?.replace(
      'UnsetEnvironment=LD_LIBRARY_PATH',
      'UnsetEnvironment=MESOS_ISOLATION',
    ),
  );
  expect(contentOf(second, '/var/lib/dcos/mesos-slave-common')).toBe(
    'LD_LIBRARY_PATH=/srv\nMESOS_PORT=5052\n',
  );
});

test('what will be loaded is what was planned', () => {
  const host = rootWith(NODE);
  const plan = planOf(
    host,
    `${BUILD_TREE}settings: { set: { MESOS_PORT: 5052 }, unset: [LD_LIBRARY_PATH] }\n`,
  );
  const tomorrow = loadService(new PlannedHost(host, overlayOf(plan)), 'dcos-mesos-slave.service');
  expect(tomorrow.environment.effective.get('MESOS_PORT')?.value.toString()).toBe('5052');
  expect(tomorrow.environment.effective.has('LD_LIBRARY_PATH')).toBe(false);
  expect(tomorrow.commands.map(({ words }) => words.map(String))).toEqual([
    ['/root/repo/mesos/build/bin/mesos-slave.sh', '--ip=10.0.0.7'],
  ]);
});

test('a replacement whose command loses to a later drop-in is refused, with the line that wins', () => {
  const late = '/etc/systemd/system/dcos-mesos-slave.service.d/99-own.conf';
  const host = rootWith({ ...NODE, [late]: '[Service]\nExecStart=\nExecStart=/opt/own/mesos-slave\n' });
  expect(() => planOf(host, BUILD_TREE)).toThrow(
    `${late}:3:1: the replacement would not be started: another drop-in gives ExecStart= after Cutover's own`,
  );
});

test('a replacement that is there already is nothing to change', () => {
  const host = rootWith(NODE);
  const applied = new PlannedHost(host, overlayOf(planOf(host, BUILD_TREE)));
  expect(() => planOf(applied, BUILD_TREE)).toThrow(
    'there is nothing to change: dcos-mesos-slave.service is as the spec wants it',
  );
});

test('a file of the spec has the mode of the one that is there, unless told', () => {
  const host = rootWith({ ...NODE, '/etc/lamp/secret': { text: 'one\n', mode: 0o600 } });
  const modeOf = (file: string) =>
    planOf(host, `${HEAD}files: [{ path: ${file}, content: x }]\n`).steps.find((step) => 'mode' in step);
  expect(modeOf('/etc/lamp/secret')).toMatchObject({ mode: 0o600 });
  expect(modeOf('/etc/lamp/secret, mode: 0640')).toMatchObject({ mode: 0o640 });
  expect(modeOf('/etc/lamp/new')).toMatchObject({ mode: 0o644 });
});

test('a file that is there keeps its owner and mode', () => {
  const host = rootWith({ ...NODE, '/var/lib/dcos/mesos-slave-common': { text: '# mine\n', mode: 0o640 } });
  const plan = planOf(host, `${HEAD}settings: { set: { MESOS_PORT: 5052 } }\n`);
  expect(plan.steps[0]).toMatchObject({
    role: 'settings',
    mode: 0o640,
    content: '# mine\nMESOS_PORT=5052\n',
    diff: ['  (1 line stays)', '+ MESOS_PORT=5052'],
  });
});

test.each([
  [
    `${HEAD}settings: { remove: { MESOS_ISOLATION: [cgroup/mem] } }\n`,
    'MESOS_ISOLATION has no element cgroup/mem to remove; did you mean cgroups/mem?',
  ],
  [
    `${HEAD}settings: { append: { MESOS_PORT: "" } }\nfiles: [{ path: /var/lib/dcos/mesos-slave-common, content: x }]\n`,
    '/var/lib/dcos/mesos-slave-common would be written twice: as a file of the spec and for its settings',
  ],
  [
    `${HEAD}replacement: { directory: /srv/mesos-1.1, command: sbin/mesos-agent }\n`,
    'the replacement /srv/mesos-1.1 does not exist',
  ],
  [
    `${HEAD}replacement: { directory: /srv/mesos-1.0, command: sbin/mesos-slave }\n`,
    'the replacement has no program sbin/mesos-slave: /srv/mesos-1.0/sbin/mesos-slave does not exist',
  ],
  [
    `${HEAD}replacement: { directory: /opt/mesosphere, command: environment }\n`,
    '/opt/mesosphere/environment is not executable',
  ],
  [
    `${HEAD}state: { remove: [/var/lib/mesos/slave/meta] }\n`,
    '/var/lib/mesos/slave/meta is a directory, and state: remove: takes files and links only',
  ],
  [`${HEAD}files: [{ path: /opt/mesosphere, content: x }]\n`, '/opt/mesosphere is a directory, not a file'],
  [
    `${HEAD}files: [{ path: /opt/mesosphere/environment, content: "LD_LIBRARY_PATH=/opt/mesosphere/lib\\n" }]\n`,
    'there is nothing to change: dcos-mesos-slave.service is as the spec wants it',
  ],
  [
    `${HEAD}settings: { set: { MESOS_PORT: 1 } }\naccept: [mesos-agent-new-ip]\n`,
    'accept: names mesos-agent-new-ip, which is no point of no return of this plan',
  ],
])('%j is refused', (text, message) => {
  expect(() => planOf(rootWith(NODE), text, ADVICE)).toThrow(
    expect.objectContaining({ name: 'CouldNotRun', message }),
  );
});

test('a drop-in of that name that somebody else wrote is not taken over by a change of settings', () => {
  const host = rootWith({ ...NODE, [DROP_IN]: '[Service]\nLimitNOFILE=1024\n' });
  expect(() => planOf(host, `${HEAD}settings: { unset: [MESOS_PORT] }\n`)).toThrow(
    `${DROP_IN}:1:1: this drop-in has lines that Cutover did not write`,
  );
});

test('a template is refused, with the form of the name of an instance; an instance is planned', () => {
  const host = rootWith({ '/etc/systemd/system/lamp@.service': '[Service]\nExecStart=/usr/bin/lamp\n' });
  const files = 'files: [{ path: /etc/lamp, content: x }]\n';
  expect(() => planOf(host, HEAD.replace('dcos-mesos-slave', 'lamp@') + files)).toThrow(
    expect.objectContaining({
      name: 'CouldNotRun',
      message: 'lamp@.service is a template, of which only instances run',
      next: 'Name an instance: cutover plan lamp@INSTANCE.service',
    }),
  );
  expect(planOf(host, HEAD.replace('dcos-mesos-slave', 'lamp@east') + files).service).toBe(
    'lamp@east.service',
  );
});

test('of a link that a file takes the place of it is said that it goes, and where it leads', () => {
  const host = rootWith({
    ...NODE,
    '/etc/real/conf': 'old\n',
    '/etc/shared/conf': '-> ../real/conf',
    '/etc/lost': '-> gone',
  });
  const { steps } = planOf(
    host,
    `${HEAD}files: [{ path: /etc/shared/conf, content: "new\\n" }, { path: /etc/lost, content: x }, { path: /etc/real/conf, content: x }]\n`,
  );
  expect(steps.slice(0, 3).map((step) => renderStep(step)[0])).toEqual([
    'replace the link /etc/shared/conf -> ../real/conf by a file',
    'replace the link /etc/lost -> gone by a file',
    'replace /etc/real/conf',
  ]);
});

test('what is no regular file is not written', () => {
  const host = rootWith({ ...NODE, '/etc/fifo': FIFO });
  expect(() => planOf(host, `${HEAD}files: [{ path: /etc/fifo, content: x }]\n`)).toThrow(
    expect.objectContaining({ name: 'CouldNotRun', message: '/etc/fifo is no regular file' }),
  );
});

test('a unit that starts nothing has nothing to replace', () => {
  const host = rootWith({ ...NODE, [PACKAGE_UNIT]: '[Service]\nExecStop=/bin/true\n' });
  expect(() => planOf(host, BUILD_TREE)).toThrow(
    `${UNIT}:1:1: dcos-mesos-slave.service has no ExecStart=, so there is nothing to replace`,
  );
});

test('a unit elsewhere that can not be read is told', () => {
  const host = rootWith({ ...NODE, '/etc/systemd/system/long.service': ' '.repeat(1024 * 1024 + 1) });
  expect(planOf(host, `${HEAD}settings: { set: { MESOS_PORT: 5052 } }\n`).effects.notExamined).toEqual([
    'whether another unit uses its files: /etc/systemd/system/long.service: 1048577 bytes, more than the 1048576 that are read',
  ]);
});
