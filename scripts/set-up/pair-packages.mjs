/**
 * Debian packages for the tests that replace a real service by another real program and then start it: the services of
 * today with all that they need, and what takes their place.
 */
export const servicesOfToday = `
apache2 cron lighttpd memcached nginx openssh-server postgresql-15 redis-server rsyslog vsftpd
libtomcrypt1 libtommath1 libevent-2.1-7
`
  .trim()
  .split(/\s+/);

/** Of the same Debian; each becomes a tree of its own, without what it needs: to lack it is part of the test. */
export const replacementsOfToday = `
busybox dropbear-bin inetutils-syslogd mini-httpd pure-ftpd syslog-ng-core webfs
`
  .trim()
  .split(/\s+/);

/** Of the Debian before and the one after, for `npm run test:pairs` alone. */
export const replacementsOfOthers = {
  bullseye: [
    'cron',
    'memcached',
    'nginx-light',
    'openssh-server',
    'postgresql-13',
    'redis-tools',
    'rsyslog',
    'liblua5.1-0',
    'lua-bitop',
    'lua-cjson',
    'libssl1.1',
    'libhiredis0.14',
    'libjemalloc2',
  ],
  trixie: [
    'cron',
    'memcached',
    'nginx',
    'openssh-server',
    'redis-tools',
    'rsyslog',
    'valkey-server',
    'valkey-tools',
  ],
};
