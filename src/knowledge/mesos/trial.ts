import type { HttpProbe } from '../../documents/plan.ts';
import type { TrialAdvice } from '../plan-advice.ts';
import type { AgentExamination } from './agent-examination.ts';
import { takesFlag } from './flags/agent-flags.ts';
import { flagValue } from './flags/flag-value.ts';

/**
 * How an agent is started beside the one that runs without killing its containers: with a work directory and control
 * groups of its own, and a master that nobody is. It loads modules, binds, and makes its containerizer and isolators
 * for real; it does not recover. Source: src/slave/main.cpp and containerizer/mesos/linux_launcher.cpp of Mesos 0.28.1 to 1.11.0.
 */
export function trial({ agent: { version }, flags, start }: AgentExamination): TrialAdvice {
  const wanted = FLAGS.filter(([name]) => version === undefined || takesFlag(version, name));
  const names = new Set(wanted.map(([name]) => name));
  const fixed = flags.spelled.find(
    ({ name, spelling, isVariable }) =>
      names.has(name) && (!isVariable || start.launch?.setOnTheWay.has(spelling) === true),
  );
  if (fixed !== undefined) {
    return {
      possible: false,
      why: `${fixed.spelling} is set behind the environment, so the trial can't have a ${fixed.name} of its own`,
    };
  }
  const environment = wanted.map(([name, value]): [string, string | undefined] => [
    `MESOS_${name.toUpperCase()}`,
    value,
  ]);
  return {
    possible: true,
    environment: new Map([...environment, ['LIBPROCESS_IP', '127.0.0.1']]),
    without: ['ExecStartPre'], // they wait for a master
    probes: probes(
      flagValue(flags, 'port', version) ?? '5051',
      flags.given.get('isolation')?.value,
      version?.text,
    ),
    notShown: [
      'recovery from what is checkpointed (check decodes that), and registration with a master',
      'containerizers other than mesos',
    ],
  };
}

const FLAGS: readonly (readonly [name: string, value: string | undefined])[] = [
  ['master', '127.0.0.1:1'],
  ['work_dir', '/tmp/mesos-trial'],
  ['runtime_dir', '/tmp/mesos-trial-run'],
  ['fetcher_cache_dir', '/tmp/mesos-trial-fetch'],
  ['docker_store_dir', '/tmp/mesos-trial-docker'],
  ['cgroups_root', 'cutover-trial'],
  ['containerizers', 'mesos'],
  ['docker_kill_orphans', 'false'],
  ['systemd_enable_support', 'false'],
  ['hostname', 'localhost'],
  ['ip', '127.0.0.1'],
  ['ip_discovery_command', undefined],
  ['advertise_ip', undefined],
  ['agent_subsystems', undefined],
  ['slave_subsystems', undefined],
];

function probes(port: string, isolation: string | undefined, version: string | undefined): HttpProbe[] {
  const base = `http://127.0.0.1:${port}`;
  const probed: HttpProbe[] = [];
  if (version !== undefined) {
    probed.push({
      title: `the program that answers is Mesos ${version}`,
      url: `${base}/version`,
      status: 200,
      json: [{ pointer: '/version', must: 'equal', value: version }],
    });
  }
  if (isolation !== undefined) {
    probed.push({
      title: 'the agent runs with the isolators that were set',
      url: `${base}/flags`,
      status: 200,
      json: [{ pointer: '/flags/isolation', must: 'equal', value: isolation }],
    });
  }
  return probed;
}
