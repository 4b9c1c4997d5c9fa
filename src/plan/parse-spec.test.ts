import { expect, test } from 'vitest';
import { parseSpec } from './parse-spec.ts';

const HEAD = 'apiVersion: cutover/v1\nkind: Replacement\nservice: dcos-mesos-slave.service\n';

test('a whole spec', () => {
  const spec = parseSpec(
    'cutover.yaml',
    `${HEAD}replacement:
  directory: /root/repo/mesos/build
  command: bin/mesos-slave.sh --attributes=rack:2
libraries: [{ path: /usr/lib/libssl.so.3, from: lib/libssl.so.3 }]
settings:
  set: { MESOS_MODULES: "file:///etc/mesos/modules.json", MESOS_PORT: 5051 }
  append: { MESOS_ISOLATION: ",gpu/nvidia" }
  remove: { MESOS_ISOLATION: [com_mesosphere_StatsIsolatorModule] }
  unset: [MESOS_HOOKS, LD_LIBRARY_PATH]
files:
  - path: /var/lib/dcos/my-modules.json
    mode: "0600"
    content: |
      {"libraries": []}
state:
  snapshot: [/var/lib/mesos/slave/meta]
  remove: [/var/lib/mesos/slave/meta/slaves/latest]
gate:
  stable: 10s
  timeout: 2m
  restarts: 1
  probes:
    - { title: the agent has an id, url: "http://127.0.0.1:5051/state", json: [{ pointer: /id, must: be-non-empty }] }
accept: [mesos-agent-new-id]
`,
  );
  expect(spec).toEqual({
    apiVersion: 'cutover/v1',
    kind: 'Replacement',
    service: 'dcos-mesos-slave.service',
    replacement: {
      directory: '/root/repo/mesos/build',
      command: 'bin/mesos-slave.sh --attributes=rack:2',
    },
    libraries: [{ path: '/usr/lib/libssl.so.3', from: 'lib/libssl.so.3', for: 'service' }],
    settings: {
      set: { MESOS_MODULES: 'file:///etc/mesos/modules.json', MESOS_PORT: '5051' },
      append: { MESOS_ISOLATION: ',gpu/nvidia' },
      remove: { MESOS_ISOLATION: ['com_mesosphere_StatsIsolatorModule'] },
      unset: ['MESOS_HOOKS', 'LD_LIBRARY_PATH'],
    },
    files: [
      {
        path: '/var/lib/dcos/my-modules.json',
        mode: 0o600,
        content: '{"libraries": []}\n',
        for: 'everybody',
      },
    ],
    state: {
      snapshot: ['/var/lib/mesos/slave/meta'],
      remove: ['/var/lib/mesos/slave/meta/slaves/latest'],
    },
    gate: {
      stable: 10_000,
      timeout: 120_000,
      restarts: 1,
      probes: [
        {
          title: 'the agent has an id',
          url: 'http://127.0.0.1:5051/state',
          json: [{ pointer: '/id', must: 'be-non-empty' }],
        },
      ],
    },
    accept: ['mesos-agent-new-id'],
    silence: [],
  });
});

test('what is left out has these values', () => {
  expect(parseSpec('cutover.yaml', `${HEAD}settings: { set: { MESOS_PORT: 1.0 } }\n`)).toEqual({
    apiVersion: 'cutover/v1',
    kind: 'Replacement',
    service: 'dcos-mesos-slave.service',
    libraries: [],
    settings: { set: { MESOS_PORT: '1.0' }, append: {}, remove: {}, unset: [] },
    files: [],
    state: { snapshot: [], remove: [] },
    gate: { stable: 10_000, timeout: 90_000, restarts: 0, probes: [] },
    accept: [],
    silence: [],
  });
});

test.each([
  ['', 'cutover.yaml:1:1: the spec is empty'],
  [
    'accept: [mesos',
    'cutover.yaml:1:15: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['kind: Replacement', 'cutover.yaml:1:1: apiVersion is missing'],
  [HEAD.replace('v1', 'v2'), 'cutover.yaml:1:13: apiVersion must be cutover/v1'],
  [
    HEAD,
    'cutover.yaml:1:1: the spec changes nothing: it has no replacement, libraries, settings, files or state',
  ],
  [
    `${HEAD}state: { snapshot: [/var/lib/lamp] }\n`,
    'cutover.yaml:4:10: state: snapshot: alone changes nothing: the spec has no replacement, libraries, settings, files or state: remove:',
  ],
  [`${HEAD}kind: Replacement\n`, 'cutover.yaml:4:1: Map keys must be unique'],
  [`${HEAD}x: &one 1\ny: *one\n`, 'cutover.yaml:1:1: a spec has no aliases (*name): write the value out'],
  [
    `${HEAD}replacment:\n  directory: /srv/mesos\n`,
    "cutover.yaml:4:1: unknown key 'replacment'; did you mean 'replacement'?",
  ],
  [
    `${HEAD}replacement:\n  directory: /srv/mesos\n  comand: bin/x\n`,
    "cutover.yaml:6:3: unknown key 'comand'; did you mean 'command'?",
  ],
  [
    `${HEAD}gate: { patience: 1m }\n`,
    "cutover.yaml:4:9: unknown key 'patience'; known here: stable, timeout, restarts, probes",
  ],
  [
    `${HEAD}gate:\n  probes: [{ title: up, url: "http://h/", json: [{ pointer: /id, must: equal, vlue: 1 }] }]\n`,
    "cutover.yaml:5:79: unknown key 'vlue'; did you mean 'value'?",
  ],
  [
    `${HEAD}gate:\n  probes: [{ title: up, url: "http://h/", json: [{ pointer: /id, must: be }] }]\n`,
    'cutover.yaml:5:72: gate.probes[0].json[0].must must be one of equal, contain, be-non-empty',
  ],
  [
    `${HEAD}gate:\n  probes: [{ title: up, url: localhost }]\n`,
    'cutover.yaml:5:30: gate.probes[0].url must be an http:// or https:// address',
  ],
  [
    `${HEAD}gate: { stable: 10 }\n`,
    'cutover.yaml:4:17: gate.stable must be a duration such as 500ms, 10s, 2m or 1h',
  ],
  [
    `${HEAD}gate: { stable: 2m }\nsettings: { unset: [A] }\n`,
    'cutover.yaml:4:7: the gate can never be green: stable must be shorter than timeout',
  ],
  [`${HEAD}silence: [{ check: sandbox }]\n`, 'cutover.yaml:4:11: silence[0].reason is missing'],
  [
    `${HEAD}silence: [{ check: sandbox, reason: " " }]\n`,
    'cutover.yaml:4:37: silence[0].reason must say why',
  ],
  [`${HEAD}replacement: { directory: /srv/mesos }\n`, 'cutover.yaml:4:14: replacement.command is missing'],
  [
    `${HEAD}replacement: { command: bin/x }\n`,
    'cutover.yaml:4:14: replacement must have directory: or archive:',
  ],
  [
    `${HEAD}replacement: { archive: lamp.deb, command: bin/x }\n`,
    "cutover.yaml:4:25: replacement.archive must be an absolute path without '.', '..' and empty parts",
  ],
  [
    `${HEAD}replacement: { archive: [/a.deb, lamp.deb], command: bin/x }\n`,
    "cutover.yaml:4:34: replacement.archive[1] must be an absolute path without '.', '..' and empty parts",
  ],
  [
    `${HEAD}replacement: { archive: { a: b }, command: bin/x }\n`,
    'cutover.yaml:4:25: replacement.archive must be an absolute path, or a list of such',
  ],
  [
    `${HEAD}replacement: { archive: /a.deb, directory: /srv/a, command: bin/x }\n`,
    'cutover.yaml:4:16: a replacement is a directory or an archive, not both',
  ],
  [
    `${HEAD}libraries: [{ path: /usr/lib/a.so, from: lib/a.so }]\n`,
    'cutover.yaml:4:42: without a replacement from: must be an absolute path',
  ],
  [
    `${HEAD}libraries: [{ path: /usr/lib/a.so, from: /x/../a.so }]\n`,
    "cutover.yaml:4:42: libraries[0].from must be a path without '.', '..' and empty parts: inside the replacement, or absolute",
  ],
  [
    `${HEAD}libraries: [{ path: /usr/lib/a.so, from: /a.so, for: all }]\n`,
    'cutover.yaml:4:54: libraries[0].for must be one of service, everybody',
  ],
  [
    `${HEAD}libraries: [{ path: /usr/lib/a.so, from: /a }, { path: /usr/lib/a.so, from: /b }]\n`,
    'cutover.yaml:4:56: /usr/lib/a.so is there twice',
  ],
  [
    `${HEAD}libraries: [{ path: /etc/a, from: /a }]\nfiles: [{ path: /etc/a, content: x }]\n`,
    'cutover.yaml:4:21: /etc/a is under files: as well',
  ],
  [
    `${HEAD}replacement: { directory: build, command: bin/x }\n`,
    "cutover.yaml:4:27: replacement.directory must be an absolute path without '.', '..' and empty parts",
  ],
  [
    `${HEAD}replacement: { directory: /srv/a%b, command: bin/x }\n`,
    "cutover.yaml:4:27: replacement.directory has a character that a unit file can't name safely (quote, \\, %, $, : or ;)",
  ],
  [
    `${HEAD}replacement: { directory: /srv/mesos, command: bin/../../lib/m1 --x }\n`,
    "cutover.yaml:4:48: replacement.command must begin with a path inside the directory or archive, without '..'",
  ],
  [
    `${HEAD}replacement: { directory: /srv/mesos, command: /bin/x }\n`,
    'cutover.yaml:4:48: replacement.command must be one line that begins with a path inside the directory or archive, such as bin/server --port 80',
  ],
  [
    `${HEAD}replacement:\n  directory: /srv/mesos\n  command: bin/x --name "the lamp\n`,
    'cutover.yaml:6:12: replacement.command has a quote that is not closed, and systemd would ignore the line',
  ],
  [
    `${HEAD}replacement: { archive: /a.deb, command: bin/it's }\n`,
    'cutover.yaml:4:42: replacement.command has a quote that is not closed, and systemd would ignore the line',
  ],
  [
    `${HEAD}replacement:\n  directory: /srv/mesos\n  command: bin/x --end \\\n`,
    'cutover.yaml:6:12: replacement.command ends in a backslash, which would join the next line of the unit to it',
  ],
  [`${HEAD}settings: { unset: A }\n`, 'cutover.yaml:4:20: settings.unset must be a list'],
  [
    `${HEAD}settings: { set: { MESOS-PORT: 1 } }\n`,
    'cutover.yaml:4:20: settings.set.MESOS-PORT is not the name of an environment variable',
  ],
  [`${HEAD}settings: { set: { A: "x\\ny" } }\n`, 'cutover.yaml:4:23: settings.set.A has a line break in it'],
  [
    `${HEAD}settings: { set: { A: x }, append: { A: y } }\n`,
    'cutover.yaml:4:38: A is under set: as well, which gives it its whole value',
  ],
  [`${HEAD}settings: { set: { A: x }, unset: [A] }\n`, 'cutover.yaml:4:36: A is given a value as well'],
  [
    `${HEAD}files:\n  - { path: /etc/a, content: x }\n  - { path: /etc/a, content: y }\n`,
    'cutover.yaml:6:13: /etc/a is written twice',
  ],
  [
    `${HEAD}files:\n  - { path: /etc/a, content: x }\n  - { path: /etc/a/b/c, content: y }\n`,
    'cutover.yaml:6:13: /etc/a/b/c is below /etc/a, which is to be a file',
  ],
  [
    `${HEAD}files: [{ path: /etc/a/b, content: x }]\nstate: { remove: [/etc/a] }\n`,
    'cutover.yaml:4:17: /etc/a/b is below /etc/a, which is under state: remove:',
  ],
  [
    `${HEAD}libraries: [{ path: /etc/a/b.so, from: /a }]\nfiles: [{ path: /etc/a, content: x }]\n`,
    'cutover.yaml:4:21: /etc/a/b.so is below /etc/a, which is to be a file',
  ],
  [
    `${HEAD}files: [{ path: /etc/a, content: x, mode: rw }]\n`,
    'cutover.yaml:4:43: files[0].mode must be an octal mode such as 0644',
  ],
  [
    `${HEAD}files: [{ path: /etc/a, content: x }]\nstate: { remove: [/etc/a] }\n`,
    'cutover.yaml:4:17: /etc/a is under state: remove: as well',
  ],
  [
    `${HEAD}state: { remove: [/var/lib/../x] }\n`,
    "cutover.yaml:4:19: state.remove[0] must be an absolute path without '.', '..' and empty parts",
  ],
])('%j is refused', (text, message) => {
  expect(() => parseSpec('cutover.yaml', text)).toThrow(
    expect.objectContaining({ name: 'CouldNotRun', message }),
  );
});

test.each([String.raw`bin/x --name "the lamp" 'it"s' it\'s --end \\\\`, String.raw`bin/x \e --end \\`])(
  'the command %s has its quotes closed',
  (command) => {
    const text = `${HEAD}replacement:\n  directory: /srv/mesos\n  command: ${command}\n`;
    expect(parseSpec('cutover.yaml', text).replacement?.command).toBe(command);
  },
);

test.each([
  [
    '/proc/sys/kernel/panic',
    "belongs to the kernel: what is in /proc is not on a disk, so it can't be put back",
  ],
  ['/sys/power/state', "belongs to the kernel: what is in /sys is not on a disk, so it can't be put back"],
  ['/dev/null', "belongs to the kernel: what is in /dev is not on a disk, so it can't be put back"],
  ['/var/lib/cutover', 'belongs to Cutover: what a change needs to be taken back is there'],
  ['/var/lib/cutover/journal/x', 'belongs to Cutover: what a change needs to be taken back is there'],
  ['/run/cutover-x/y', 'belongs to Cutover: what a change needs to be taken back is there'],
  [
    '/etc/systemd/system/cutover-recover.service',
    'belongs to Cutover: it would be a unit of its own, or one that looks so',
  ],
  [
    '/etc/systemd/system/timers.target.wants/cutover-confirm-1.timer',
    'belongs to Cutover: it would be a unit of its own, or one that looks so',
  ],
  [
    '/etc/systemd/system/lamp.service.d/zz-cutover-guard.conf',
    'belongs to Cutover: it writes that itself. Take a drop-in of another name',
  ],
  [
    '/etc/systemd/system/dcos-mesos-slave.service.d/90-cutover.conf',
    'belongs to Cutover: it writes that itself. Take a drop-in of another name',
  ],
])('%s is nothing that a spec can write', (path, why) => {
  expect(() => parseSpec('cutover.yaml', `${HEAD}files: [{ path: ${path}, content: x }]\n`)).toThrow(
    `cutover.yaml:4:17: ${path} ${why}`,
  );
});

test.each([
  [
    '/var/lib',
    'has /var/lib/cutover inside: the copy would be inside what is copied. Name the directories of the service',
  ],
  ['/var/lib/cutover/store', 'belongs to Cutover: what a change needs to be taken back is there'],
  ['/proc/sys', "belongs to the kernel: what is in /proc is not on a disk, so it can't be put back"],
  [
    '/etc',
    'has units of systemd inside (/etc/systemd/system): what Cutover writes there meanwhile would come back with it. Name the directories of the service',
  ],
  [
    '/etc/systemd/system/lamp.service.d',
    'has units of systemd inside (/etc/systemd/system): what Cutover writes there meanwhile would come back with it. Name the directories of the service',
  ],
])('%s is nothing that a spec can keep as state', (path, why) => {
  expect(() =>
    parseSpec('cutover.yaml', `${HEAD}state: { snapshot: [${path}] }\nsettings: { unset: [LAMP] }\n`),
  ).toThrow(`cutover.yaml:4:21: ${path} ${why}`);
});
