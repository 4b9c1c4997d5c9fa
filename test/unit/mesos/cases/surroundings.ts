import type { MesosCase } from './mesos-case.ts';

const LAUNCHER = { MESOS_LAUNCHER_DIR: '/opt/helpers' };
const helpers = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`/opt/helpers/${name}`, '#!/bin/sh\n']));
const OF_12 = [
  'mesos-containerizer',
  'mesos-executor',
  'mesos-fetcher',
  'mesos-default-executor',
  'mesos-io-switchboard',
  'mesos-tcp-connect',
];

export const SURROUNDINGS_CASES: readonly MesosCase[] = [
  {
    title: 'an agent before 1.0 under masters that ignore it',
    from: '1.4.0',
    to: '0.28.1',
    expected: [
      ['blocker', 'mesos-master', 'Masters from 1.2.1 on ignore agents before 1.0, and those of Mesos 1.4.0'],
    ],
    because: 'MINIMUM_AGENT_VERSION is 1.0.0 from 1.2.1 on, and masters are upgraded first',
  },
  {
    title: 'one minor release down',
    from: '1.4.0',
    to: '1.3.0',
    expected: [],
    because: '1.x and 1.y work both ways',
  },
  {
    title: 'an agent that may be newer than its masters',
    from: '1.4.0',
    to: '1.6.0',
    expected: [['note', 'mesos-master', 'Masters are upgraded before agents']],
    because: 'the documented order',
  },
  {
    title: 'helpers of before under a release that starts them otherwise',
    from: '1.0.0',
    to: '1.2.0',
    both: { settings: LAUNCHER, files: helpers(...OF_12) },
    expected: [['blocker', 'mesos-launcher-dir', 'Failed to load unknown flag']],
    because: 'the flags of mesos-containerizer launch changed in 1.1 and 1.2',
  },
  {
    title: 'helpers of before under a release that starts them alike',
    from: '1.4.0',
    to: '1.5.0',
    both: { settings: LAUNCHER, files: helpers(...OF_12) },
    expected: [['warning', 'mesos-launcher-dir', 'what they take and print may differ']],
    because: 'foreign helpers all the same',
  },
  {
    title: 'a helper that only newer releases have',
    from: '1.1.0',
    to: '1.2.0',
    both: {
      settings: { MESOS_LAUNCHER_DIR: '/opt/old' },
      files: helpers('mesos-containerizer', 'mesos-executor', 'mesos-fetcher', 'mesos-default-executor'),
    },
    change: { settings: LAUNCHER },
    expected: [
      [
        'warning',
        'mesos-launcher-dir',
        'mesos-io-switchboard (for every container), mesos-tcp-connect (for health checks over TCP) are not there',
      ],
      ['note', 'mesos-launcher-dir', 'Command executors that run now are not recognised'],
    ],
    because: 'mesos-io-switchboard came in 1.2.0',
  },
  {
    title: 'helpers in another place, told by their name',
    from: '1.9.0',
    to: '1.10.0',
    both: { settings: { MESOS_LAUNCHER_DIR: '/opt/old' }, files: helpers(...OF_12) },
    change: { settings: LAUNCHER },
    expected: [['note', 'mesos-launcher-dir', 'today from /opt/old.']],
    because: 'from 1.10.0 on executors are told by the end of their path',
  },
  {
    title: 'variables of SSL under their old names',
    from: '0.28.1',
    to: '1.0.0',
    both: { settings: { SSL_ENABLED: 'true' } },
    expected: [['note', 'mesos-release-changes', 'SSL_*: These variables are called LIBPROCESS_SSL_*']],
    because: 'renamed in 1.0.0, old names read',
  },
  {
    title: 'verification of certificates that means something else',
    from: '1.8.0',
    to: '1.9.0',
    both: { settings: { LIBPROCESS_SSL_VERIFY_CERT: 'true' } },
    expected: [['warning', 'mesos-release-changes', 'counts for the side that connects alone']],
    because: 'changed in 1.9.0',
  },
  {
    title: 'stores under TMPDIR',
    from: '0.28.1',
    to: '1.0.0',
    both: { settings: { TMPDIR: '/var/tmp' } },
    expected: [['note', 'mesos-release-changes', 'Stores and caches']],
    because: 'three defaults follow TMPDIR from 1.0.0 on',
  },
  {
    title: 'endpoints that ask for credentials',
    from: '0.28.1',
    to: '1.0.0',
    change: { settings: { MESOS_AUTHENTICATE_HTTP_READONLY: 'true' } },
    expected: [['warning', 'mesos-release-changes', 'monitors get 401']],
    because: 'the flag came in 1.0.0',
  },
  {
    title: 'ACLs that endpoints follow',
    from: '0.28.1',
    to: '1.0.0',
    change: { settings: { MESOS_ACLS: '{}' } },
    expected: [['warning', 'mesos-release-changes', 'monitors without the right get 403']],
    because: 'the agent has an authorizer from 1.0.0 on',
  },
  {
    title: 'the same agent again',
    from: '1.4.0',
    to: '1.4.0',
    both: { modules: ['org_case_Hook'], settings: { MESOS_HOOKS: 'org_case_Hook', ...LAUNCHER } },
    expected: [['note', 'mesos-launcher-dir', 'are not there']],
    because: 'a copy changes nothing: what is missing is missing today',
  },
];
