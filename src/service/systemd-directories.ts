/**
 * The directives whose directories systemd makes for a service, with where it makes them, in its order. Source:
 * systemd.exec(5), "RuntimeDirectory=, StateDirectory=, …".
 */
export const SYSTEMD_DIRECTORIES = {
  RuntimeDirectory: '/run',
  StateDirectory: '/var/lib',
  CacheDirectory: '/var/cache',
  LogsDirectory: '/var/log',
  ConfigurationDirectory: '/etc',
} as const;
