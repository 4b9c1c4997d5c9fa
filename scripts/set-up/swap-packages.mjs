/**
 * Debian packages that the tests exchange for one another, as operators do: nothing of them is installed. Redis comes
 * in two builds, what the security archive has and what the main archive has.
 */
export const swapPackages = {
  /** What runs at first, with what it needs, is unpacked. */
  today: ['rsyslog', 'redis-server'],
  /** What shall run instead stays packed. */
  tomorrow: ['inetutils-syslogd', 'redis-server', 'redis-tools'],
  /** What the security archive has is unpacked over what runs at first. */
  security: ['redis-server', 'redis-tools'],
};
