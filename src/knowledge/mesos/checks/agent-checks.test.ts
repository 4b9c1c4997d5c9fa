import { describe, expect, test } from 'vitest';
import { fitting, run, said } from '../../../../test/mesos-check.ts';
import {
  ENVIRONMENT,
  examined,
  LATEST,
  type MesosRootOptions,
  mesosRoot,
  NEW_AGENT,
  RESOURCES,
  SETTINGS,
  scalar,
} from '../../../../test/mesos-root.ts';
import { hasCompiler } from '../../../../test/small-elf.ts';

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
