import { describe, expect, test } from 'vitest';
import { examined, type MesosRootOptions, mesosRoot, NEW_AGENT } from '../../../test/mesos-root.ts';
import { hasCompiler } from '../../../test/small-elf.ts';
import { trial } from './trial.ts';

const advised = (options: MesosRootOptions) => trial(examined(mesosRoot(options)));

describe.skipIf(!hasCompiler)('an agent tried beside the one that runs', () => {
  test('has a work directory, control groups and a master of its own', () => {
    const advice = advised({ program: NEW_AGENT });
    expect(advice.possible && Object.fromEntries(advice.environment)).toEqual({
      MESOS_MASTER: '127.0.0.1:1',
      MESOS_WORK_DIR: '/tmp/mesos-trial',
      MESOS_FETCHER_CACHE_DIR: '/tmp/mesos-trial-fetch',
      MESOS_DOCKER_STORE_DIR: '/tmp/mesos-trial-docker',
      MESOS_CGROUPS_ROOT: 'cutover-trial',
      MESOS_CONTAINERIZERS: 'mesos',
      MESOS_DOCKER_KILL_ORPHANS: 'false',
      MESOS_SYSTEMD_ENABLE_SUPPORT: 'false',
      MESOS_HOSTNAME: 'localhost',
      MESOS_IP: '127.0.0.1',
      MESOS_IP_DISCOVERY_COMMAND: undefined,
      MESOS_ADVERTISE_IP: undefined,
      MESOS_AGENT_SUBSYSTEMS: undefined,
      MESOS_SLAVE_SUBSYSTEMS: undefined,
      LIBPROCESS_IP: '127.0.0.1',
    });
  });

  test('is asked for what it was told, at its own port', () => {
    const advice = advised({
      program: NEW_AGENT,
      settings: { MESOS_PORT: '5052', MESOS_ISOLATION: 'cgroups/cpu' },
    });
    expect(advice.possible && advice.probes.map(({ url, json }) => [url, json])).toEqual([
      ['http://127.0.0.1:5052/version', [{ pointer: '/version', must: 'equal', value: '1.0.0' }]],
      ['http://127.0.0.1:5052/flags', [{ pointer: '/flags/isolation', must: 'equal', value: 'cgroups/cpu' }]],
    ]);
  });

  test('gets no flag that its release does not take', () => {
    const advice = advised({});
    const names = advice.possible ? [...advice.environment.keys()] : [];
    expect(names).toContain('MESOS_SLAVE_SUBSYSTEMS');
    expect(names).not.toContain('MESOS_AGENT_SUBSYSTEMS');
  });
});
