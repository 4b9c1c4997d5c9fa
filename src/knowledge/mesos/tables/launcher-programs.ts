/** A program that the agent starts from `--launcher_dir`. */
export interface LauncherProgram {
  readonly name: string;
  readonly since?: string;
  /** The first release without it. */
  readonly until?: string;
  /** Only used when this is so; always without it. */
  readonly when?: { readonly flag: 'containerizers' | 'isolation'; readonly has: string };
  /** What does not work without it. */
  readonly for: string;
}

/** Source: the list of libexec programs in src/Makefile.am of Mesos 0.28.1, 1.0.0, 1.1.0, 1.2.0 and 1.11.0. */
export const LAUNCHER_PROGRAMS: readonly LauncherProgram[] = [
  { name: 'mesos-containerizer', for: 'every container' },
  { name: 'mesos-executor', for: 'tasks without an executor of their own' },
  { name: 'mesos-fetcher', for: 'tasks that fetch something' },
  {
    name: 'mesos-docker-executor',
    when: { flag: 'containerizers', has: 'docker' },
    for: 'tasks of the docker containerizer',
  },
  { name: 'mesos-health-check', until: '1.1.0', for: 'health checks' },
  { name: 'mesos-default-executor', since: '1.1.0', for: 'task groups' },
  {
    name: 'mesos-cni-port-mapper',
    since: '1.1.0',
    when: { flag: 'isolation', has: 'network/cni' },
    for: 'containers of networks that map ports',
  },
  { name: 'mesos-io-switchboard', since: '1.2.0', for: 'every container' },
  { name: 'mesos-tcp-connect', since: '1.2.0', for: 'health checks over TCP' },
];

/**
 * Releases from which `mesos-containerizer launch` takes other flags than before: a helper of another group fails
 * with "Failed to load unknown flag". Source: src/slave/containerizer/mesos/launch.cpp of each release.
 */
export const LAUNCH_FLAGS_CHANGED: readonly string[] = ['1.0.0', '1.1.0', '1.2.0'];
