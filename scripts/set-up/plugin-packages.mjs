/**
 * Debian packages with plugins and the programs that load them, for the tests that hold Cutover's verdict on a plugin
 * against the program's own. All are in bookworm: every dynamic module of nginx but those that bring Perl or headers along,
 * every module of Apache, the one module of Redis, and extensions of PostgreSQL beside those that it brings itself; and
 * the services that every Debian machine has, for the tests that hold what is said of them against the machine's own tools.
 */
export const pluginPackages = `
apache2-bin nginx redis-server redis-redisearch
libnginx-mod-http-auth-pam libnginx-mod-http-brotli-filter libnginx-mod-http-brotli-static
libnginx-mod-http-cache-purge libnginx-mod-http-dav-ext libnginx-mod-http-echo libnginx-mod-http-fancyindex
libnginx-mod-http-geoip libnginx-mod-http-geoip2 libnginx-mod-http-headers-more-filter
libnginx-mod-http-image-filter libnginx-mod-http-js libnginx-mod-http-lua libnginx-mod-http-memc
libnginx-mod-http-ndk libnginx-mod-http-set-misc libnginx-mod-http-srcache-filter
libnginx-mod-http-subs-filter libnginx-mod-http-uploadprogress libnginx-mod-http-upstream-fair
libnginx-mod-http-xslt-filter libnginx-mod-mail libnginx-mod-nchan libnginx-mod-rtmp libnginx-mod-stream
libnginx-mod-stream-geoip libnginx-mod-stream-geoip2 libnginx-mod-stream-js
postgresql-15 postgresql-15-cron postgresql-15-hll postgresql-15-hypopg postgresql-15-ip4r
postgresql-15-pgaudit postgresql-15-rum postgresql-15-semver postgresql-15-wal2json
openssh-server cron rsyslog rsyslog-gnutls rsyslog-relp
`
  .trim()
  .split(/\s+/);
