/** How a rule about going from one release to another is held. */
export type HeldBy =
  /** A rule that is data alone, by its id; `rules.test.ts` tries each on both sides of its border. */
  | { readonly rule: string }
  /** The title of a case that triggers it, and that of a near miss. */
  | { readonly case: string; readonly near: string }
  /** The same for a test elsewhere: its file and the titles. */
  | { readonly test: string; readonly titles: readonly [triggers: string, nearMiss: string] }
  /** Nothing on the host tells; docs/dev/mesos-upgrade-rules.md says why. */
  | 'unseen';

const AGENT = 'src/knowledge/mesos/checks/agent-checks.test.ts';
const MODULE = 'src/knowledge/mesos/checks/module-checks.test.ts';
const CHECK = 'src/check/check.test.ts';

const SAME_STATE = 'a state that both can read';
const held = (triggers: string, near: string): HeldBy => ({ case: triggers, near });
const rule = (id: string): HeldBy => ({ rule: id });
const tested = (test: string, ...titles: readonly [string, string]): HeldBy => ({ test, titles });

/**
 * What is known of going from one Mesos release to another, beside the flags and isolators of each release, which are
 * tables: 88 rules, each with what holds it.
 */
export const UPGRADE_RULES: Readonly<Record<string, HeldBy>> = {
  'mod-version': held('a module of a patch release before', 'a module rebuilt for the new release'),
  'mod-undef': tested(
    MODULE,
    'symbols that a module lacks are named, with the function that has taken their place',
    'keys that the agent does not know are passed over, and what is damaged today can be mended',
  ),
  'mod-second-libmesos': tested(
    'test/unit/mesos/second-runtime.test.ts',
    "a module that brings another release's libmesos along",
    "a module that needs the agent's own libmesos",
  ),
  'mod-kind-new': held(
    'a module of a kind that the older release has not got',
    'the same kind where it is known',
  ),
  'mod-dir': held('modules and modules_dir', 'modules_dir where the release does not know it'),
  'mod-prerelease': tested(
    'src/knowledge/mesos/mesos-version.test.ts',
    'a release candidate is older than its release from 1.3.0 on',
    'a release candidate counts as its release',
  ),
  'mod-iface-hook-1.2': rule('mod-iface-hook-1.2.0'),
  'mod-iface-logger': rule('mod-iface-containerlogger-1.1.0'),
  'mod-iface-isolator': rule('mod-iface-isolator-1.1.0'),
  'flag-cmdline-unknown': held(
    'the same on the command line',
    'a variable and the command line with one name',
  ),
  'flag-env-unknown': held(
    'a variable of a newer release, going down',
    'the old name among releases that have no other',
  ),
  'flag-twice-spelled': held('one flag under two names', 'the same between releases that take it'),
  'flag-required-workdir': tested(
    AGENT,
    'flags that tomorrow does not know, and one that it wants',
    'an agent that fits has nothing worse than notes',
  ),
  'flag-tmpdir-defaults': rule('flag-tmpdir-defaults'),
  'flag-rename-subsystems': held('an old name of a flag', 'the old name among releases that have no other'),
  'flag-rename-caps': held('capabilities under their old name', 'the new name, going down'),
  'flag-rename-jwt': held('a secret key under its old name', 'a secret key before it was renamed'),
  'flag-jsonmap-strings': rule('flag-jsonmap-strings'),
  'flag-agent-features': held(
    'features without one that the release can not do without',
    'features with all that the release wants',
  ),
  'flag-conditional': held('a flag of a build with SSL', 'the same build again'),
  'env-ssl-prefix': rule('env-ssl-prefix'),
  'env-ssl-names': rule('env-ssl-names'),
  'env-ssl-semantics': rule('env-ssl-semantics'),
  'env-executor-inherit': rule('env-executor-inherit'),
  'env-ld-library-path': tested(
    CHECK,
    "another program that would take libraries of today's",
    'another program that only would look there, and one that does not look there any more',
  ),
  'env-launcher-dir-forced': held(
    'a wrapper that exports its own helpers over what the unit sets',
    'a wrapper that keeps what the unit sets',
  ),
  'env-launcher-dir-kept': held(
    'a wrapper that keeps what the unit sets',
    'a wrapper that exports its own helpers over what the unit sets',
  ),
  'helper-flags': held(
    'helpers of before under a release that starts them otherwise',
    'helpers of before under a release that starts them alike',
  ),
  'helper-set': held(
    'a helper that only newer releases have',
    'helpers in another place, told by their name',
  ),
  'launcher-dir-change': held(
    'helpers that move under an agent that knows them by their path',
    'helpers that stay where they are',
  ),
  'binary-name': tested(
    CHECK,
    'a program that is not there blocks, and what depends on it could not be run',
    'the same service again is ready, with nothing to say',
  ),
  'binary-version-probe': 'unseen',
  'iso-unknown': held('an isolator of a newer release, going down', 'the same, going up'),
  'iso-duplicate': held(
    'an isolator twice, which only newer releases refuse',
    'an isolator twice between releases that take it',
  ),
  'iso-posix-disk': held('posix/disk and disk/du together', 'posix/disk alone'),
  'iso-cni-default': rule('iso-added-network/cni'),
  'iso-multiple': held('two filesystem isolators', 'two filesystem isolators before that'),
  'iso-image-providers': held('images without filesystem/linux', 'images with filesystem/linux'),
  'iso-order': rule('iso-order-1.1.0'),
  'ctz-external': held('the external containerizer', 'the external containerizer where it is'),
  'ctz-duplicate': held('a containerizer twice', 'a containerizer twice between releases that take it'),
  'gpu-first': held('gpu/nvidia before there were GPUs', 'gpus without the isolator'),
  'gpu-nvml': held('gpu/nvidia without the driver', 'gpus without the isolator'),
  'gpu-nvml-always': tested(
    AGENT,
    'GPUs without the driver, in the wrong order, and without the programs that 1.0.0 wants',
    'an agent that fits has nothing worse than notes',
  ),
  'gpu-nvml-docker': rule('gpu-nvml-docker'),
  'gpu-devices-isolator': tested(
    AGENT,
    'GPUs without the driver, in the wrong order, and without the programs that 1.0.0 wants',
    'device files that are not there, on a root that shows devices',
  ),
  'gpu-fs-linux': held('gpu/nvidia without filesystem/linux', 'gpu/nvidia with cgroups/all'),
  'gpu-devnodes': tested(
    AGENT,
    'device files that are not there, on a root that shows devices',
    'no GPUs are discovered without the driver, by an agent that knows none, or when they are switched off',
  ),
  'gpu-flags-pair': held('GPUs asked for without saying which', 'gpus without the isolator'),
  'gpu-slaveinfo': tested(
    AGENT,
    'GPUs that are discovered change the agent info, and the remedy that is printed can not be undone',
    'no GPUs are discovered without the driver, by an agent that knows none, or when they are switched off',
  ),
  'gpu-old-master': rule('gpu-old-master'),
  'gpu-docker-containerizer': rule('gpu-nvml-docker'),
  'state-slaveinfo': held('another hostname', SAME_STATE),
  'state-additive': held('less memory under the additive policy', 'more memory under the additive policy'),
  'state-checkpointed-resources': held('a volume whose resources are gone', 'a volume that still fits'),
  'state-new-id': tested(
    'src/knowledge/mesos/advise.test.ts',
    'an agent that is forgotten is a point of no return',
    'one that would refuse to recover keeps its id, and one that never had any loses none',
  ),
  'state-orphans': held('another work directory', SAME_STATE),
  'state-gc': held('an agent that is forgotten', SAME_STATE),
  'state-truncate': held('a dropped task, going down', SAME_STATE),
  'state-sandbox-missing': held('the sandbox of a run is gone', SAME_STATE),
  'state-executor-timeout': rule('state-executor-timeout'),
  'state-master-timeout': rule('state-master-timeout'),
  'state-sigusr1': held(
    'a unit that stops the agent by SIGUSR1',
    'a unit that stops the agent by another signal',
  ),
  'state-dg-executor-command': held('a task group, going down', 'a task group between releases that know it'),
  'state-dg-env-value': held('a secret in the environment, going down', SAME_STATE),
  'state-dg-disk-source': held('a raw disk, going down', SAME_STATE),
  'state-dg-taskstate': held('a dropped task, going down', SAME_STATE),
  'state-dg-refined': held(
    'a refined reservation, going down',
    'a dynamic reservation, which is made from unreserved resources',
  ),
  'state-forward-stale': held('a stale picture, going up again', SAME_STATE),
  'state-csi-slrp': rule('state-csi-slrp'),
  'state-mounts': rule('state-mounts'),
  'state-host-leftovers': 'unseen',
  'state-runtime-dir': rule('state-runtime-dir'),
  'state-reboot': rule('state-reboot'),
  'master-min-agent': held('an agent before 1.0 under masters that ignore it', 'one minor release down'),
  'master-first': held('an agent that may be newer than its masters', 'one minor release down'),
  'health-meaningless': tested(
    'src/knowledge/mesos/advise.test.ts',
    'what is kept of the state, and how to tell that the agent is well',
    'nothing is advised towards what is no agent',
  ),
  'ep-json-suffix': rule('ep-json-suffix'),
  'ep-authz-1.0': rule('ep-authz-1.0'),
  'ep-json-escape': rule('ep-json-escape'),
  'beh-task-starting': rule('beh-task-starting'),
  'beh-pv-chown': rule('beh-pv-chown'),
  'beh-fetcher-user': rule('beh-fetcher-user'),
  'beh-volume-mode': rule('beh-volume-mode'),
  'beh-cfs': rule('beh-cfs'),
  'docker-min': held('docker, which must be newer', 'docker between releases that want the same of it'),
  'log-text': rule('log-text'),
  'kernel-cgroup2': held('control groups on a machine with v2 alone', 'no control groups on such a machine'),
};
