/**
 * Flags that only a build with the option has: without it they are unknown, which is fatal on the command line and
 * silent in the environment. Source: the preprocessor conditions in src/slave/flags.cpp of Mesos 0.28.0 to 1.11.0.
 */
export const FLAG_BUILDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['--enable-ssl', ['authenticate_http_executors', 'executor_secret_key', 'jwt_secret_key']],
  [
    '--enable-network-ports-isolator',
    [
      'check_agent_port_range_only',
      'container_ports_isolated_range',
      'container_ports_watch_interval',
      'enforce_container_ports',
    ],
  ],
  ['--enable-grpc', ['disk_profile_adaptor']],
  ['--enable-seccomp-isolator', ['seccomp_config_dir', 'seccomp_profile_name']],
  ['--enable-xfs-disk-isolator', ['xfs_kill_containers', 'xfs_project_range', 'xfs_quota_headroom']],
  [
    '--with-network-isolator (--enable-port-mapping-isolator from 1.4)',
    [
      'egress_burst',
      'egress_ceil_limit',
      'egress_flow_classifier_parent',
      'egress_rate_limit_per_container',
      'egress_rate_per_cpu',
      'egress_unique_flow_per_container',
      'ephemeral_ports_per_container',
      'eth0_name',
      'ingress_burst',
      'ingress_ceil_limit',
      'ingress_isolate_existing_containers',
      'ingress_rate_limit_per_container',
      'ingress_rate_per_cpu',
      'lo_name',
      'maximum_egress_rate_limit',
      'maximum_ingress_rate_limit',
      'minimum_egress_rate_limit',
      'minimum_ingress_rate_limit',
      'network_enable_rate_statistics',
      'network_enable_snmp_statistics',
      'network_enable_socket_statistics_details',
      'network_enable_socket_statistics_summary',
      'network_link_speed',
      'network_rate_statistics_interval',
      'network_rate_statistics_window',
    ],
  ],
]);
