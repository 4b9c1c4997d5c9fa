import { describe, expect, test } from 'vitest';
import type { CheckResult, Finding } from '../../../documents/check-report.ts';
import {
  ENVIRONMENT,
  examined,
  LATEST,
  MODULES,
  type MesosRootOptions,
  mesosRoot,
  NEW_AGENT,
  RESOURCES,
  SETTINGS,
  scalar,
} from '../../../../test/mesos-root.ts';
import { hasCompiler } from '../../../../test/small-elf.ts';

interface Run {
  readonly check: CheckResult;
  readonly findings: readonly Finding[];
}

/** What one check says of a service that is today as `mesosRoot` makes it. */
function run(id: string, tomorrow: MesosRootOptions, today: MesosRootOptions = {}): Run {
  const outcomes = examined(mesosRoot(today)).compare(examined(mesosRoot(tomorrow)));
  const found = outcomes.find(({ check }) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}

const said = ({ findings }: Run): string[] =>
  findings.map(({ severity, subject, reason }) => `${severity}: ${subject}: ${reason}`);

const line = (name: string): number => Object.keys(SETTINGS).indexOf(name) + 1;

const own = JSON.stringify({
  libraries: [{ file: '/srv/mesos/lib/liblogger.so', modules: [{ name: 'org_lamp_KeptLogger' }] }],
});
/** Mesos 1.0.0 with its own logger module and nothing of 0.28.1. */
const fitting: MesosRootOptions = {
  program: NEW_AGENT,
  modules: own,
  settings: { MESOS_ISOLATION: 'cgroups/cpu,posix/disk', MESOS_HOOKS: undefined },
};

describe.skipIf(!hasCompiler)('an agent against its replacement', () => {
  test('the same agent again has no finding at all', () => {
    const outcomes = examined(mesosRoot()).compare(examined(mesosRoot()));
    expect(outcomes.flatMap(({ findings }) => findings)).toEqual([]);
    expect(outcomes.map(({ check }) => check.result)).toEqual(outcomes.map(() => 'ok'));
  });

  test('an agent that fits has nothing worse than notes', () => {
    const outcomes = examined(mesosRoot()).compare(examined(mesosRoot(fitting)));
    const findings = outcomes.flatMap((outcome) => outcome.findings);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(new Set(findings.map(({ id }) => id))).toEqual(new Set(['mesos-master', 'mesos-release-changes']));
  });

  test('no check runs against what is no agent', () => {
    const [first] = examined(mesosRoot()).compare(undefined);
    expect(first).toEqual({
      check: {
        id: 'mesos-flags',
        title: "Tomorrow's agent knows every flag it is given",
        result: 'could-not-run',
        examined: 0,
        reason: 'what shall run tomorrow is not recognised as a Mesos agent',
      },
      findings: [],
    });
  });

  test('a module of another release is refused, with all that leads to it', () => {
    const { check, findings } = run('mesos-module-version', { program: NEW_AGENT });
    expect(check).toMatchObject({ result: 'fault', examined: 3 });
    expect(findings.map(({ subject }) => subject)).toEqual([
      'org_lamp_GlowIsolator in /opt/lamp/lib/libstats.so',
      'org_lamp_EchoHook in /opt/lamp/lib/libstats.so',
      'org_lamp_KeptLogger in /opt/lamp/lib/liblogger.so',
    ]);
    expect(findings[2]).toEqual({
      id: 'mesos-module-version',
      severity: 'blocker',
      subject: 'org_lamp_KeptLogger in /opt/lamp/lib/liblogger.so',
      reason: `It was built for Mesos 0.28.1 and tomorrow's agent is Mesos 1.0.0, which takes modules of its own version alone and exits: Minimum supported mesos version for 'ContainerLogger' is 1.0.0, but module is compiled with version 0.28.1. MESOS_MODULES (${ENVIRONMENT}:1:15) loads it at ${MODULES}:18:20, MESOS_CONTAINER_LOGGER (${ENVIRONMENT}:5:24) asks for it by name.`,
      evidence: [
        { file: MODULES, line: 18, column: 20 },
        { file: ENVIRONMENT, line: line('MESOS_MODULES'), column: 15 },
        { file: ENVIRONMENT, line: line('MESOS_CONTAINER_LOGGER'), column: 24 },
      ],
      remedy: `Name /srv/mesos/lib/liblogger.so, which was built with tomorrow's agent, at ${MODULES}:15 (or in a copy that MESOS_MODULES names), or take org_lamp_KeptLogger out of ${MODULES} and unset MESOS_CONTAINER_LOGGER.`,
    });
  });

  test('a newer module is refused too', () => {
    expect(said(run('mesos-module-version', { modules: own }))).toEqual([
      `blocker: org_lamp_KeptLogger in /srv/mesos/lib/liblogger.so: It was built for Mesos 1.0.0 and tomorrow's agent is Mesos 0.28.1, which takes modules of its own version alone and exits: Mesos has version 0.28.1, but module is compiled with version 1.0.0. MESOS_MODULES (${ENVIRONMENT}:1:15) loads it at ${MODULES}:1:73, MESOS_CONTAINER_LOGGER (${ENVIRONMENT}:5:24) asks for it by name.`,
    ]);
  });

  test('symbols that a module lacks are named, with the function that has taken their place', () => {
    const { check, findings } = run('mesos-module-symbols', { program: NEW_AGENT });
    expect(check).toMatchObject({ result: 'fault', examined: 2 });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'blocker',
      subject: '/opt/lamp/lib/liblogger.so',
      reason:
        "It needs process::subprocess(…), which nothing in tomorrow's process provides, so the agent could not open it: undefined symbol. libmesos-1.0.0.so has a process::subprocess(…) with other parameters.",
      evidence: [
        { file: MODULES, line: 15, column: 16 },
        { how: 'undefined symbol _ZN7process10subprocessEi' },
      ],
    });
  });

  test('a library or a module that is not there', () => {
    const modules = JSON.stringify({
      libraries: [
        { file: '/opt/lamp/lib/libgone.so', modules: [{ name: 'org_lamp_Gone' }] },
        { file: '/opt/lamp/lib/libstats.so', modules: [{ name: 'org_lamp_Misspelt' }] },
        { name: 'nowhere' },
      ],
    });
    expect(said(run('mesos-modules', { modules }))).toEqual([
      'blocker: /opt/lamp/lib/libgone.so: The agent is told to load this library and would not find it: Error opening library.',
      'blocker: org_lamp_Misspelt in /opt/lamp/lib/libstats.so: The library has no symbol of that name, by which the agent looks the module up.',
      'blocker: libnowhere.so: The agent is told to load this library and would not find it: Error opening library.',
    ]);
  });

  test('one module from two libraries', () => {
    const modules = JSON.stringify({
      libraries: ['/opt/lamp/lib/liblogger.so', '/srv/mesos/lib/liblogger.so'].map((file) => ({
        file,
        modules: [{ name: 'org_lamp_KeptLogger' }],
      })),
    });
    expect(said(run('mesos-modules', { modules }))).toEqual([
      'blocker: org_lamp_KeptLogger in /srv/mesos/lib/liblogger.so: The same module is loaded from /opt/lamp/lib/liblogger.so too; the agent refuses the second one: duplicate module names.',
    ]);
  });

  test.each([
    ['mesos-isolators', 'MESOS_ISOLATION', 'org_lamp_GlowIsolator'],
    ['mesos-hooks', 'MESOS_HOOKS', 'org_lamp_EchoHook'],
  ])('%s: a module that can not be loaded leaves %s without its %s', (id, setting, name) => {
    expect(said(run(id, { program: NEW_AGENT }))).toEqual([
      `blocker: ${name} in ${setting}: Mesos 1.0.0 does not have it built in, and the module of that name in /opt/lamp/lib/libstats.so can not be loaded: it was built for Mesos 0.28.1.`,
    ]);
    expect(said(run(id, {}))).toEqual([]);
  });

  test('a container logger that is no longer loaded', () => {
    const { findings } = run('mesos-container-logger', { ...fitting, modules: '{"libraries": []}' });
    expect(findings).toEqual([
      {
        id: 'mesos-container-logger',
        severity: 'blocker',
        subject: 'org_lamp_KeptLogger in MESOS_CONTAINER_LOGGER',
        reason:
          "Mesos 1.0.0 does not have it built in, and no module is loaded. The agent exits: Failed to create container logger module 'org_lamp_KeptLogger': Module 'org_lamp_KeptLogger' unknown.",
        evidence: [{ file: ENVIRONMENT, line: 4, column: 24 }],
        remedy: 'Have a module of that name loaded, or unset MESOS_CONTAINER_LOGGER.',
      },
    ]);
  });

  test.each([
    [
      'gpu/nvidia',
      'Mesos 0.28.1 does not have it built in, Mesos from 1.0.0 on does; no module that is loaded has this name.',
    ],
    [' cgroups/mem', "The blank counts: Mesos 0.28.1 knows 'cgroups/mem', not ' cgroups/mem'."],
    [
      'cgroup/mem',
      'Mesos 0.28.1 does not have it built in, and no module that is loaded has this name; did you mean cgroups/mem?',
    ],
  ])('an isolator %j that this release does not have', (name, reason) => {
    const settings = { MESOS_ISOLATION: `"cgroups/cpu,${name}"` };
    expect(said(run('mesos-isolators', { settings }))).toEqual([
      `blocker: ${name} in MESOS_ISOLATION: ${reason} The agent exits: Could not create isolator '${name}': Unknown or unsupported isolator.`,
    ]);
  });

  test('each release refuses it in its own words', () => {
    const settings = { ...fitting.settings, MESOS_ISOLATION: 'lamps' };
    expect(said(run('mesos-isolators', { ...fitting, settings }))).toEqual([
      "blocker: lamps in MESOS_ISOLATION: Mesos 1.0.0 does not have it built in, and no module that is loaded has this name. The agent exits: Failed to create isolator 'lamps': Unknown or unsupported isolator.",
    ]);
  });

  test('a name twice is refused from 1.0.0 on, and the two names of one isolator together', () => {
    const settings = { ...fitting.settings, MESOS_ISOLATION: 'cgroups/cpu,posix/disk,disk/du,cgroups/cpu' };
    expect(said(run('mesos-isolators', { ...fitting, settings }))).toEqual([
      'blocker: cgroups/cpu in MESOS_ISOLATION: It is there twice, which Mesos 1.0.0 refuses: Duplicate entries found in --isolation flag.',
      'blocker: posix/disk in MESOS_ISOLATION: It is the old name of disk/du, and Mesos 1.0.0 refuses the two together.',
    ]);
    expect(
      said(run('mesos-isolators', { settings: { MESOS_ISOLATION: 'cgroups/cpu,cgroups/cpu' } })),
    ).toEqual([]);
  });

  test('a module of another kind than the setting asks for', () => {
    expect(said(run('mesos-hooks', { settings: { MESOS_HOOKS: 'org_lamp_GlowIsolator' } }))).toEqual([
      'blocker: org_lamp_GlowIsolator in MESOS_HOOKS: MESOS_HOOKS asks for a module of the kind Hook, and the one in /opt/lamp/lib/libstats.so is of the kind Isolator.',
    ]);
    expect(said(run('mesos-other-modules', { settings: { MESOS_AUTHENTICATEE: 'crammd6' } }))).toEqual([
      "blocker: crammd6 in MESOS_AUTHENTICATEE: Mesos 0.28.1 does not have it built in, and no module that is loaded has this name. The agent exits: Module 'crammd6' unknown.",
    ]);
    expect(said(run('mesos-other-modules', { settings: { MESOS_AUTHENTICATEE: 'crammd5' } }))).toEqual([]);
  });

  test('flags that tomorrow does not know, and one that it wants', () => {
    const settings = {
      ...fitting.settings,
      MESOS_WORK_DIR: undefined,
      MESOS_RUNTIME_DIR: '/run/lamp',
      MESOS_NATIVE_LIBRARY: '/srv/mesos/lib/libmesos.so',
      MESOS_ISOLATON: 'cgroups/cpu',
      MESOS_SLAVE_SUBSYSTEMS: 'cpu',
    };
    expect(said(run('mesos-flags', { ...fitting, settings }))).toEqual([
      'warning: MESOS_RUNTIME_DIR: Mesos 1.0.0 has no flag runtime_dir (added in 1.1.0); the variable is ignored without a word.',
      "note: MESOS_SLAVE_SUBSYSTEMS: Mesos 1.0.0 calls it agent_subsystems and still takes the old name: Loaded deprecated flag 'slave_subsystems'.",
      'note: MESOS_ISOLATON: No Mesos from 0.23 to 1.11 has a flag isolaton (did you mean isolation?); the variable is ignored without a word.',
      "blocker: --work_dir: Mesos 1.0.0 does not start without it: Flag 'work_dir' is required, but it was not provided.",
    ]);
  });

  test('a flag on the command line that tomorrow does not know ends its start', () => {
    const program = `${NEW_AGENT} --runtime_dir=/run/lamp --no-strict`;
    expect(said(run('mesos-flags', { ...fitting, program }))).toEqual([
      "blocker: --runtime_dir: Mesos 1.0.0 has no flag runtime_dir (added in 1.1.0); on the command line it ends the start: Failed to load unknown flag 'runtime_dir'.",
    ]);
  });

  const PROGRAMS = [
    'nvidia-cuda-mps-control',
    'nvidia-cuda-mps-server',
    'nvidia-debugdump',
    'nvidia-persistenced',
    'nvidia-smi',
  ];
  const withGpus = (isolation: string, nvidia?: readonly string[]): MesosRootOptions => ({
    ...fitting,
    settings: { ...fitting.settings, MESOS_ISOLATION: isolation },
    ...(nvidia === undefined ? {} : { nvidia }),
  });

  test('GPUs without the driver, in the wrong order, and without the programs that 1.0.0 wants', () => {
    expect(said(run('mesos-gpus', withGpus('cgroups/devices,gpu/nvidia')))).toEqual([
      "blocker: gpu/nvidia in MESOS_ISOLATION: The agent would not find libnvidia-ml.so.1, NVIDIA's management library: Cannot create the Nvidia GPU isolator: NVML is not available.",
    ]);
    expect(said(run('mesos-gpus', withGpus('gpu/nvidia,cgroups/devices', PROGRAMS)))).toEqual([
      "blocker: gpu/nvidia in MESOS_ISOLATION: Mesos 1.0.0 wants cgroups/devices before gpu/nvidia in the list: 'cgroups/devices' must precede 'gpu/nvidia' in the --isolation flag.",
      'note: gpu/nvidia in MESOS_ISOLATION: Whether the device files of the driver are there can not be told: this root shows no devices.',
    ]);
    expect(said(run('mesos-gpus', withGpus('cgroups/cpu', PROGRAMS.slice(0, 4))))).toEqual([
      'blocker: nvidia-smi: Mesos 1.0.0 finds /usr/lib64/libnvidia-ml.so.1 and then looks for these programs in its PATH (/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin); each one that is missing ends the start: Failed to NvidiaVolume::create.',
    ]);
    expect(said(run('mesos-gpus', withGpus('cgroups/cpu', PROGRAMS)))).toEqual([]);
    expect(said(run('mesos-gpus', { nvidia: [] }))).toEqual([]);
  });

  test('device files that are not there, on a root that shows devices', () => {
    const files = { '/dev/null': '', '/dev/nvidiactl': '' };
    expect(said(run('mesos-gpus', { ...withGpus('cgroups/devices,gpu/nvidia', PROGRAMS), files }))).toEqual([
      `blocker: gpu/nvidia in MESOS_ISOLATION: /dev/nvidia-uvm is not there: Failed to obtain device ID for '/dev/nvidia-uvm'. ${ENVIRONMENT}:3:33 asks for GPUs.`,
    ]);
  });

  test('GPUs that are discovered change the agent info, and the remedy that is printed can not be undone', () => {
    const { findings } = run('mesos-agent-info', withGpus('cgroups/devices,gpu/nvidia', PROGRAMS));
    expect(findings).toEqual([
      {
        id: 'mesos-agent-info',
        severity: 'blocker',
        subject: 'agent info of lamp-S7',
        reason: `resource gpus(*) is not there in the checkpoint and measured at the start tomorrow. Mesos 1.0.0 refuses to recover with other info than it has checkpointed and exits: Incompatible agent info detected. The remedy that it prints, rm -f ${LATEST}, makes it register under a new id; a master before 1.1 then refuses lamp-S7 for ever, and that is the point of no return mesos-agent-new-id.`,
        evidence: [
          { how: 'decoded from /var/lib/lamp/meta/slaves/lamp-S7/slave.info' },
          { file: ENVIRONMENT, line: 3, column: 33 },
          { how: 'GPUs are discovered through /usr/lib64/libnvidia-ml.so.1' },
        ],
        remedy: `To keep the id, offer no GPUs (set MESOS_ISOLATION=cgroups/devices, or give gpus:0 among the resources). To give it up on purpose, write ${LATEST} under state: remove: in the spec and mesos-agent-new-id under accept:.`,
      },
    ]);
  });

  test('no GPUs are discovered without the driver, by an agent that knows none, or when they are switched off', () => {
    const off = {
      ...fitting.settings,
      MESOS_ISOLATION: 'cgroups/devices,gpu/nvidia',
      MESOS_RESOURCES: `${SETTINGS['MESOS_RESOURCES']};gpus:0`,
    };
    for (const options of [
      withGpus('cgroups/devices,gpu/nvidia'),
      { settings: { MESOS_ISOLATION: 'gpu/nvidia' }, nvidia: PROGRAMS },
      { ...fitting, settings: off, nvidia: PROGRAMS },
    ]) {
      expect(said(run('mesos-agent-info', options))).toEqual([]);
    }
  });

  test('resources, attributes, hostname and port that differ from the checkpoint', () => {
    const settings = {
      ...fitting.settings,
      MESOS_RESOURCES: 'cpus:4;mem:8192;disk(lamp):1000;ports:[31000-31500, 31501-32000]',
      MESOS_ATTRIBUTES: 'rack:7',
      MESOS_PORT: '5052',
      MESOS_HOSTNAME: 'lamp.example.org',
    };
    const [finding] = run('mesos-agent-info', { ...fitting, settings }).findings;
    expect(finding?.reason.split('. ')[0]).toBe(
      'hostname is 10.0.0.7 in the checkpoint and lamp.example.org tomorrow; ' +
        'port is 5051 in the checkpoint and 5052 tomorrow; ' +
        'resource disk(*) is 1000 in the checkpoint and not there tomorrow; ' +
        'resource disk(lamp) is not there in the checkpoint and 1000 tomorrow; ' +
        'attribute rack is not there in the checkpoint and 7 tomorrow',
    );
  });

  test('resources in another order, split, or measured again are the same', () => {
    for (const resources of [
      'ports:[31500-32000,31000-31499];mem:8192;disk:600;disk:400;cpus:4.0001',
      'ports:[31000-32000]',
      '[{"name":"cpus","type":"SCALAR","scalar":{"value":4}},{"name":"disk","type":"SCALAR","role":"*","scalar":{"value":1000}}]',
    ]) {
      const settings = { ...fitting.settings, MESOS_RESOURCES: `'${resources}'` };
      expect(said(run('mesos-agent-info', { ...fitting, settings }))).toEqual([]);
    }
  });

  test('an agent that is forgotten on purpose is no blocker but the point of no return', () => {
    const { findings } = run('mesos-agent-info', { ...fitting, checkpoint: null });
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        subject: 'id of agent lamp-S7',
        reason: `Mesos 1.0.0 would register under a new id, because ${LATEST} is not there. A master before 1.1 then refuses lamp-S7 for ever: this is the point of no return mesos-agent-new-id.`,
        remedy: `Write mesos-agent-new-id under accept: in the spec, or keep ${LATEST} and the agent's info as they are.`,
      },
    ]);
    expect(run('mesos-agent-info', { checkpoint: null }, { checkpoint: null }).check).toMatchObject({
      result: 'ok',
      examined: 0,
    });
  });

  test('a machine that was started anew gives the agent a new id before 1.4', () => {
    const files = {
      '/var/lib/lamp/meta/boot_id': 'yesterday\n',
      '/proc/sys/kernel/random/boot_id': 'today\n',
    };
    expect(said(run('mesos-agent-info', { ...fitting, files }))).toEqual([
      'warning: id of agent lamp-S7: Mesos 1.0.0 would register under a new id, because the machine was started anew since the agent last recovered, and Mesos 1.0.0 then begins afresh. A master before 1.1 then refuses lamp-S7 for ever: this is the point of no return mesos-agent-new-id.',
    ]);
    const same = { ...files, '/proc/sys/kernel/random/boot_id': 'yesterday\n' };
    expect(said(run('mesos-agent-info', { ...fitting, files: same }))).toEqual([]);
  });

  test('a hostname that only the start decides is asked for when its sources change', () => {
    const today = { settings: { MESOS_HOSTNAME: undefined, MESOS_HOSTNAME_LOOKUP: 'false' } };
    const settings = { ...fitting.settings, MESOS_HOSTNAME: undefined };
    expect(said(run('mesos-agent-info', { ...fitting, settings }, today))).toEqual([
      'warning: hostname of agent lamp-S7: The checkpoint says 10.0.0.7. What decides it is set otherwise tomorrow (--hostname_lookup), and what it then is shows only when the agent starts; another hostname ends the start.',
    ]);
  });

  test('a checkpoint that can not be read, and resources that can not', () => {
    const broken = examined(
      mesosRoot({ ...fitting, checkpoint: [RESOURCES[0] ?? scalar('cpus', 4), Buffer.from([0x1a, 99])] }),
    );
    const outcome = examined(mesosRoot())
      .compare(broken)
      .find(({ check }) => check.id === 'mesos-agent-info');
    expect(outcome?.findings).toMatchObject([
      { severity: 'blocker', subject: '/var/lib/lamp/meta/slaves/lamp-S7/slave.info' },
    ]);
    const settings = { ...fitting.settings, MESOS_RESOURCES: 'cpus=4' };
    expect(said(run('mesos-agent-info', { ...fitting, settings }))).toEqual([
      "blocker: --resources: Mesos 1.0.0 can not read it and exits: --resources: missing or extra ':' in cpus=4.",
    ]);
  });

  test('helper programs: missing, of another release, or in another place', () => {
    const there = {
      '/srv/mesos/libexec/mesos-containerizer': '',
      '/srv/mesos/libexec/mesos-executor': '',
      '/srv/mesos/libexec/mesos-fetcher': '',
      '/srv/mesos/libexec/mesos-health-check': '',
    };
    const settings = { ...fitting.settings, MESOS_LAUNCHER_DIR: '/srv/mesos/libexec' };
    const today = { settings: { MESOS_LAUNCHER_DIR: '/srv/mesos/libexec' }, files: there };
    expect(said(run('mesos-launcher-dir', { ...fitting, settings, files: there }, today))).toEqual([
      'blocker: MESOS_LAUNCHER_DIR=/srv/mesos/libexec: Mesos 1.0.0 would start the helper programs of Mesos 0.28.1, whose mesos-containerizer launch takes other flags: every launch fails with "Failed to load unknown flag" while the agent looks healthy.',
    ]);
    expect(
      said(
        run('mesos-launcher-dir', {
          ...fitting,
          settings: { ...settings, MESOS_CONTAINERIZERS: 'docker,mesos' },
          files: there,
        }),
      ),
    ).toEqual([
      'warning: MESOS_LAUNCHER_DIR=/srv/mesos/libexec: mesos-docker-executor (for tasks of the docker containerizer) is not there; the agent starts, and the first task that needs it fails.',
      'note: MESOS_LAUNCHER_DIR=/srv/mesos/libexec: Helper programs come from here tomorrow, today from the directory compiled in to the agent. Command executors that run now are not recognised as such after it.',
    ]);
    expect(said(run('mesos-launcher-dir', today, today))).toEqual([]);
  });

  test('the helper of the logrotate logger, which ends the start when it is not there', () => {
    const parameters = [{ key: 'launcher_dir', value: '/srv/mesos/libexec/' }];
    const logger = { name: 'org_apache_mesos_LogrotateContainerLogger', parameters };
    const modules = JSON.stringify({
      libraries: [{ file: '/srv/mesos/lib/liblogger.so', modules: [logger] }],
    });
    const helper = '/srv/mesos/libexec/mesos-logrotate-logger';
    expect(said(run('mesos-launcher-dir', { ...fitting, modules }))).toEqual([
      `blocker: ${helper}: org_apache_mesos_LogrotateContainerLogger is told that its helper program is here, does not find it, and Mesos 1.0.0 exits: Failed to parse parameters: Failed to load flag 'launcher_dir': Cannot find: ${helper}.`,
    ]);
    expect(said(run('mesos-launcher-dir', { ...fitting, modules, files: { [helper]: '' } }))).toEqual([]);
  });
});
