import { describe, expect, test } from 'vitest';
import { examined, LATEST, type MesosRootOptions, mesosRoot, NEW_AGENT } from '../../../test/mesos-root.ts';
import { hasCompiler } from '../../../test/small-elf.ts';
import type { PlanAdvice } from '../plan-advice.ts';

const modules = '{"libraries": []}';
const fitting: MesosRootOptions = {
  program: NEW_AGENT,
  modules,
  settings: { MESOS_ISOLATION: 'cgroups/cpu' },
};

const advice = (tomorrow: MesosRootOptions, today: MesosRootOptions = {}): PlanAdvice =>
  examined(mesosRoot(today)).advise(examined(mesosRoot(tomorrow)));

describe.skipIf(!hasCompiler)('advice for a plan', () => {
  test('what is kept of the state, and how to tell that the agent is well', () => {
    expect(advice(fitting)).toMatchObject({
      state: [
        {
          path: '/var/lib/lamp/meta',
          class: 'snapshot',
          why: 'It holds the id of the agent and what it recovers from; another release may rewrite it.',
        },
        {
          path: '/var/lib/lamp/slaves',
          class: 'shared',
          why: 'Sandboxes of tasks that may go on running while the agent is down.',
        },
      ],
      probes: [
        probe('the agent has recovered and is still lamp-S7', 'state', {
          pointer: '/id',
          must: 'equal',
          value: 'lamp-S7',
        }),
        probe('the program that answers is Mesos 1.0.0', 'version', {
          pointer: '/version',
          must: 'equal',
          value: '1.0.0',
        }),
        probe('the agent runs with the isolators that were set', 'flags', {
          pointer: '/flags/isolation',
          must: 'equal',
          value: 'cgroups/cpu',
        }),
      ],
      probesBack: [
        probe('the agent has recovered and is still lamp-S7', 'state', {
          pointer: '/id',
          must: 'equal',
          value: 'lamp-S7',
        }),
        probe('the program that answers is Mesos 0.28.1', 'version', {
          pointer: '/version',
          must: 'equal',
          value: '0.28.1',
        }),
        probe('the agent runs with the isolators that were set', 'flags', {
          pointer: '/flags/isolation',
          must: 'equal',
          value: 'cgroups/cpu,posix/disk,org_lamp_GlowIsolator',
        }),
      ],
      irreversible: [],
    });
  });

  test('an agent that is forgotten is a point of no return', () => {
    const { irreversible, probes, probesBack } = advice({ ...fitting, checkpoint: null });
    expect(irreversible).toEqual([
      {
        id: 'mesos-agent-new-id',
        title: 'Agent lamp-S7 is given up for a new id',
        why: `Mesos 1.0.0 finds no agent at ${LATEST} and registers as a new agent. A master before 1.1 then removes lamp-S7 and refuses it for ever; its tasks are lost to the cluster, and bringing the old state back makes the agent shut down.`,
        crossedWhenLinkChanged: LATEST,
        leaveOut: [LATEST],
        difference:
          'the agent is no longer lamp-S7: the master never admits that id again, so it registers under a new one',
      },
    ]);
    for (const [first] of [probes, probesBack]) {
      expect(first?.json).toEqual([{ pointer: '/id', must: 'be-non-empty' }]);
    }
  });

  test('one that would refuse to recover keeps its id, and one that never had any loses none', () => {
    const settings = { ...fitting.settings, MESOS_PORT: '5052' };
    expect(advice({ ...fitting, settings }).irreversible).toEqual([]);
    expect(advice({ ...fitting, checkpoint: null }, { checkpoint: null }).irreversible).toEqual([]);
  });

  test('a machine that was started anew makes an agent before 1.4 begin afresh', () => {
    const files = {
      '/var/lib/lamp/meta/boot_id': 'yesterday\n',
      '/proc/sys/kernel/random/boot_id': 'today\n',
    };
    const [point] = advice({ ...fitting, files }, { files }).irreversible;
    expect(point?.why).toContain(
      'Mesos 1.0.0 passes over the checkpoint because the machine was started anew and registers as a new agent.',
    );
  });

  test.each([
    [{ MESOS_IP: '10.0.0.9' }, 'http://10.0.0.9:5051/state'],
    [{ LIBPROCESS_IP: '10.0.0.8' }, 'http://10.0.0.8:5051/state'],
    [{ LIBPROCESS_IP: '0.0.0.0', MESOS_PORT: '81' }, 'http://127.0.0.1:81/state'],
    [{ MESOS_IP_DISCOVERY_COMMAND: '/opt/lamp/bin/detect_ip' }, 'http://10.0.0.7:5051/state'],
  ])('with %j the agent is asked at %s', (more, url) => {
    const settings = { ...fitting.settings, ...more };
    expect(advice({ ...fitting, settings }).probes[0]?.url).toBe(url);
  });

  test('nothing is advised towards what is no agent', () => {
    const stranger = {
      nodes: [],
      edges: [],
      notExamined: [],
      meanings: () => [],
      compare: () => [],
      advise: () => none,
    };
    const none = { state: [], probes: [], probesBack: [], irreversible: [] };
    expect(examined(mesosRoot()).advise(stranger)).toEqual(none);
  });
});

function probe(title: string, path: string, condition: PlanAdvice['probes'][number]['json'][number]) {
  return { title, url: `http://127.0.0.1:5051/${path}`, status: 200, json: [condition] };
}
