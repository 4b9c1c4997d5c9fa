/** A value of `--isolation` that is built in, by release. Without `since`: in 0.23.0 already. */
export interface BuiltInIsolator {
  readonly name: string;
  readonly since?: string;
  /** The build option without which it is not there. */
  readonly onlyWhen?: string;
}

/**
 * Source: the table of creators in src/slave/containerizer/mesos/containerizer.cpp of Mesos 0.23.0 to 1.11.0.
 * `posix/disk` is an old name of `disk/du` from 1.6.0 on, and still taken.
 */
export const BUILT_IN_ISOLATORS: readonly BuiltInIsolator[] = [
  { name: 'appc/runtime', since: '1.1.0' },
  { name: 'cgroups/all', since: '1.7.0' },
  { name: 'cgroups/blkio', since: '1.2.0' },
  { name: 'cgroups/cpu' },
  { name: 'cgroups/cpuset', since: '1.2.0' },
  { name: 'cgroups/devices', since: '1.0.0' },
  { name: 'cgroups/hugetlb', since: '1.2.0' },
  { name: 'cgroups/mem' },
  { name: 'cgroups/net_cls', since: '0.27.0' },
  { name: 'cgroups/net_prio', since: '1.2.0' },
  { name: 'cgroups/perf_event' },
  { name: 'cgroups/pids', since: '1.2.0' },
  { name: 'disk/du', since: '1.0.0' },
  { name: 'disk/xfs', since: '1.0.0', onlyWhen: 'built --enable-xfs-disk-isolator' },
  { name: 'docker/runtime', since: '0.28.0' },
  { name: 'docker/volume', since: '1.0.0' },
  { name: 'environment_secret', since: '1.4.0' },
  { name: 'filesystem/linux', since: '0.25.0' },
  { name: 'filesystem/posix', since: '0.25.0' },
  { name: 'filesystem/shared' },
  { name: 'gpu/nvidia', since: '1.0.0' },
  { name: 'linux/capabilities', since: '1.1.0' },
  { name: 'linux/devices', since: '1.7.0' },
  { name: 'linux/nnp', since: '1.9.0' },
  { name: 'linux/seccomp', since: '1.8.0', onlyWhen: 'built --enable-seccomp-isolator' },
  { name: 'namespaces/ipc', since: '1.2.0' },
  { name: 'namespaces/pid' },
  { name: 'network/cni', since: '1.0.0' },
  {
    name: 'network/port_mapping',
    onlyWhen: 'built --with-network-isolator (<1.4) / --enable-port-mapping-isolator (>=1.4)',
  },
  { name: 'network/ports', since: '1.5.0', onlyWhen: 'built --enable-network-ports-isolator' },
  { name: 'posix/cpu' },
  { name: 'posix/disk' },
  { name: 'posix/mem' },
  { name: 'posix/rlimits', since: '1.2.0' },
  { name: 'volume/csi', since: '1.11.0' },
  { name: 'volume/host_path', since: '1.5.0' },
  { name: 'volume/image', since: '1.1.0' },
  { name: 'volume/sandbox_path', since: '1.1.0' },
  { name: 'volume/secret', since: '1.4.0' },
];
