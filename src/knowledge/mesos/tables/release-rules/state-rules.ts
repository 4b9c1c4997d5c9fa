import type { ReleaseRule } from './release-rule.ts';

/** What an agent leaves on the host, and what becomes of tasks. Source: each entry's. */
export const STATE_RULES: readonly ReleaseRule[] = [
  {
    id: 'state-executor-timeout',
    from: '<1.4.0',
    to: '<1.4.0',
    severity: 'note',
    subject: 'Executors that run',
    reason:
      'They must answer within 2 seconds after the agent has recovered, or are killed; they end themselves when the agent is away for longer than --recovery_timeout (15 minutes). The master gives the agent up after 75 seconds (DC/OS: 300).',
    remedy: 'Keep the time without an agent below that.',
    source: 'src/slave/constants.hpp of 0.28.1',
    when: { state: 'agent' },
  },
  {
    id: 'state-master-timeout',
    from: '>=0.23.0',
    to: '>=1.4.0',
    severity: 'note',
    subject: 'The time without an agent',
    reason:
      'The master gives an agent up that does not answer for --agent_ping_timeout times --max_agent_ping_timeouts (15 seconds 5 times; DC/OS: 20 times), and its tasks are lost; executors have --executor_reregistration_timeout (2 seconds) after the recovery.',
    remedy: 'Keep the time without an agent below that.',
    source: 'src/master/constants.hpp of 1.4.0; src/slave/flags.cpp of 1.4.0',
    when: { state: 'agent' },
  },
  {
    id: 'state-runtime-dir',
    from: '<1.1.0',
    to: '>=1.1.0',
    severity: 'note',
    subject: '/var/run/mesos',
    reason:
      '--runtime_dir is new and holds a directory for each container; an older agent does not clean it up.',
    remedy: 'After a way back, remove what is in it.',
    source: 'src/slave/flags.cpp of 1.1.0',
  },
  {
    id: 'state-reboot',
    from: '<1.4.0',
    to: '>=1.4.0',
    severity: 'note',
    subject: 'The id after the machine was started anew',
    reason: 'It is kept, where older releases begin under a new one.',
    remedy: 'Nothing to do.',
    source: 'src/slave/state.cpp:96 of 1.4.0',
    when: { state: 'agent' },
  },
  {
    id: 'state-csi-slrp',
    from: '<1.6.0',
    to: '>=1.6.0',
    severity: 'blocker',
    subject: 'Storage local resource providers (CSI v0.1)',
    reason:
      'They must be removed before the upgrade: releases from 1.6.0 on speak CSI v0.2 and can not take over what they have made.',
    remedy: 'Have the volumes destroyed and the providers removed by the old release first.',
    source: 'docs/upgrades.md, 1.6.x',
    when: { file: 'meta/slaves/latest/resource_providers' },
  },
  {
    id: 'state-mounts',
    from: '<0.28.0',
    to: '>=0.28.0',
    severity: 'note',
    subject: 'filesystem/linux',
    reason:
      'The agent mounts its work directory on itself and leaves it so: the directory can not be renamed or removed any more.',
    remedy: 'Unmount it before the directory is moved.',
    source: 'src/slave/containerizer/mesos/isolators/filesystem/linux.cpp of 0.28.1',
    when: { list: 'isolation', has: 'filesystem/linux' },
  },
];
