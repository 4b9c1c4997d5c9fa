import type { Corruption } from '../knowledge/corrupt-plugin.ts';
import type { NameOfToday } from './services.ts';

/** A service, and a real program that shall take its place. What comes of it is asked of Cutover, then of systemd. */
export interface Pair {
  readonly title: string;
  readonly service: NameOfToday;
  /** Made before the check, on the machine: edited copies, settings of the new program. */
  readonly before?: string;
  readonly directory: string;
  readonly command: string;
  /** A plugin that the new program loads, of another build than its own. */
  readonly plugin?: OtherPlugin;
  /** Drop-in lines that the operator adds beside the new command. */
  readonly dropIn?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What the running service of today is made to do before the check. */
  readonly meanwhile?: string;
  /** LD_LIBRARY_PATH of the new program. */
  readonly libraries?: readonly string[];
  /** Ends with 0 when the new program does the work; what shows that the old one does, unless told. */
  readonly works?: string;
  /** Among those that every run of the tests tries. */
  readonly inShort?: true;
}

export interface OtherPlugin {
  readonly program: 'nginx' | 'httpd' | 'postgresql';
  readonly from: string;
  readonly to: string;
  readonly name?: string;
  readonly what: Corruption;
}

const PAIRS_AT = '/opt/pairs';
const OLDER = `${PAIRS_AT}/bullseye`;
const NEWER = `${PAIRS_AT}/trixie`;
const EDITED = '/opt/edited';
const ACTIVE = 'true';

const LIBRARIES_OF_REDIS_6 = [
  'liblua5.1-0',
  'lua-bitop',
  'lua-cjson',
  'libssl1.1',
  'libhiredis0.14',
  'libjemalloc2',
].map((name) => `${OLDER}/${name}/usr/lib/x86_64-linux-gnu`);

/** A copy of a program, edited byte by byte: `edit` is a Python expression of its bytes `b`. */
function edited(name: string, program: string, edit: string): string {
  return `mkdir -p ${EDITED}/${name}/sbin && python3 -c '
import sys
b = open("${program}", "rb").read()
def swap(old, new):
    if b.count(old) == 0 or len(old) != len(new): sys.exit("nothing to edit")
    return b.replace(old, new)
open("${EDITED}/${name}/sbin/${name}", "wb").write(${edit})' && chmod 755 ${EDITED}/${name}/sbin/${name}`;
}

const NGINX = `sbin/nginx -g "daemon on; master_process on;"`;
const REDIS = 'usr/bin/redis-server /etc/redis/redis.conf --supervised systemd --daemonize no';
const HTTPD = 'sbin/apache2 -D FOREGROUND';
/** Without apachectl, which reads /etc/apache2/envvars. */
const HTTPD_ITSELF =
  'Type=exec\nEnvironment=APACHE_RUN_DIR=/run/apache2 APACHE_PID_FILE=/run/apache2/apache2.pid APACHE_LOCK_DIR=/run/lock ' +
  'APACHE_RUN_USER=www-data APACHE_RUN_GROUP=www-data APACHE_LOG_DIR=/var/log/apache2\nRuntimeDirectory=apache2\n';
/** Debian's redis-server.service executes nothing that lies elsewhere. */
const EXECUTES_ALL = 'NoExecPaths=\nExecPaths=\n';

export const PAIRS: readonly Pair[] = [
  {
    title: 'rsyslog → inetutils-syslogd, as it is',
    service: 'rsyslog',
    directory: `${PAIRS_AT}/inetutils-syslogd`,
    command: 'usr/sbin/syslogd -n -iNONE',
    dropIn: 'TimeoutStartSec=4\n',
    inShort: true,
  },
  {
    title: 'rsyslog → inetutils-syslogd, Type=exec',
    service: 'rsyslog',
    directory: `${PAIRS_AT}/inetutils-syslogd`,
    command: 'usr/sbin/syslogd --no-detach --rcfile=/etc/pair-syslog.conf',
    dropIn: 'Type=exec\n',
    files: { '/etc/pair-syslog.conf': '*.*\t/var/log/syslog\n' },
    inShort: true,
  },
  {
    title: 'rsyslog → inetutils-syslogd, Type=exec, options of rsyslogd',
    service: 'rsyslog',
    directory: `${PAIRS_AT}/inetutils-syslogd`,
    command: 'usr/sbin/syslogd -n -iNONE',
    dropIn: 'Type=exec\n',
  },
  {
    title: 'rsyslog → syslog-ng without its libraries',
    service: 'rsyslog',
    directory: `${PAIRS_AT}/syslog-ng-core`,
    command: 'usr/sbin/syslog-ng -F',
  },
  {
    title: 'rsyslog → busybox syslogd, Type=exec',
    service: 'rsyslog',
    directory: `${PAIRS_AT}/busybox`,
    command: 'bin/busybox syslogd -n -O /var/log/syslog',
    dropIn: 'Type=exec\n',
  },
  {
    title: 'rsyslog → rsyslog of Debian 11, with the modules of today',
    service: 'rsyslog',
    directory: `${OLDER}/rsyslog`,
    command: 'usr/sbin/rsyslogd -n -iNONE',
  },
  {
    title: 'rsyslog → rsyslog of Debian 13',
    service: 'rsyslog',
    directory: `${NEWER}/rsyslog`,
    command: 'usr/sbin/rsyslogd -n -iNONE',
  },
  {
    title: 'cron → busybox, which has no crond here',
    service: 'cron',
    directory: `${PAIRS_AT}/busybox`,
    command: 'bin/busybox crond -f -c /var/spool/cron/crontabs',
    works: ACTIVE,
  },
  {
    title: 'cron → cron of Debian 11',
    service: 'cron',
    directory: `${OLDER}/cron`,
    command: 'usr/sbin/cron -f',
  },
  {
    title: 'cron → cron of Debian 13',
    service: 'cron',
    directory: `${NEWER}/cron`,
    command: 'usr/sbin/cron -f -P',
  },
  {
    title: 'cron → a copy of it, with an option that it does not know',
    service: 'cron',
    directory: `${EDITED}/cron`,
    before: edited('cron', '/usr/sbin/cron', 'b'),
    command: 'sbin/cron -f -q',
  },
  {
    title: 'redis → a copy of it, where it may not be executed',
    service: 'redis-server',
    directory: `${EDITED}/redis`,
    before: `install -D /usr/bin/redis-server ${EDITED}/redis/usr/bin/redis-server`,
    command: REDIS,
  },
  {
    title: 'redis → a copy of it',
    service: 'redis-server',
    directory: `${EDITED}/redis`,
    before: `install -D /usr/bin/redis-server ${EDITED}/redis/usr/bin/redis-server`,
    command: REDIS,
    dropIn: EXECUTES_ALL,
    inShort: true,
  },
  {
    title: 'redis → redis 6 of Debian 11',
    service: 'redis-server',
    directory: `${EDITED}/redis6`,
    before: `install -D ${OLDER}/redis-tools/usr/bin/redis-check-rdb ${EDITED}/redis6/usr/bin/redis-server`,
    command: REDIS,
    dropIn: EXECUTES_ALL,
  },
  {
    title: 'redis → redis 6 with its libraries, over data of redis 7',
    service: 'redis-server',
    directory: `${EDITED}/redis6`,
    before: `install -D ${OLDER}/redis-tools/usr/bin/redis-check-rdb ${EDITED}/redis6/usr/bin/redis-server`,
    meanwhile: 'redis-cli set lamp on; redis-cli save',
    libraries: LIBRARIES_OF_REDIS_6,
    command: REDIS,
    dropIn: EXECUTES_ALL,
  },
  {
    title: 'redis → redis 6 with its libraries, without data, with the settings of redis 7',
    service: 'redis-server',
    directory: `${EDITED}/redis6`,
    before: `install -D ${OLDER}/redis-tools/usr/bin/redis-check-rdb ${EDITED}/redis6/usr/bin/redis-server`,
    meanwhile: 'redis-cli flushall; redis-cli config set save ""; rm -f /var/lib/redis/dump.rdb',
    libraries: LIBRARIES_OF_REDIS_6,
    command: REDIS,
    dropIn: EXECUTES_ALL,
  },
  {
    title: 'redis → redis 8 of Debian 13',
    service: 'redis-server',
    directory: `${EDITED}/redis8`,
    before: `install -D ${NEWER}/redis-tools/usr/bin/redis-check-rdb ${EDITED}/redis8/usr/bin/redis-server`,
    command: REDIS,
    dropIn: EXECUTES_ALL,
  },
  {
    title: 'redis → Valkey of Debian 13',
    service: 'redis-server',
    directory: `${EDITED}/valkey`,
    before: `install -D ${NEWER}/valkey-tools/usr/bin/valkey-check-rdb ${EDITED}/valkey/usr/bin/valkey-server`,
    command: REDIS.replace('redis-server ', 'valkey-server '),
    dropIn: EXECUTES_ALL,
  },
  {
    title: 'redis → a copy of it, on a port below 1024',
    service: 'redis-server',
    directory: `${EDITED}/redis`,
    before: `install -D /usr/bin/redis-server ${EDITED}/redis/usr/bin/redis-server`,
    command: `${REDIS} --port 379`,
    dropIn: EXECUTES_ALL,
    works: 'redis-cli -p 379 ping | grep -q PONG',
  },
  {
    title: 'redis → a copy of it, as a user who is not there',
    service: 'redis-server',
    directory: `${EDITED}/redis`,
    before: `install -D /usr/bin/redis-server ${EDITED}/redis/usr/bin/redis-server`,
    command: REDIS,
    dropIn: `${EXECUTES_ALL}User=valkey\n`,
  },
  {
    title: 'redis → a copy of it, with its data where the sandbox lets nobody write',
    service: 'redis-server',
    directory: `${EDITED}/redis`,
    before: `install -D /usr/bin/redis-server ${EDITED}/redis/usr/bin/redis-server; install -d -o redis -g redis /srv/redis`,
    command: `${REDIS} --dir /srv/redis --appendonly yes`,
    dropIn: EXECUTES_ALL,
  },
  {
    title: 'nginx → a copy of it',
    service: 'nginx',
    directory: `${EDITED}/nginx`,
    before: edited('nginx', '/usr/sbin/nginx', 'b'),
    command: NGINX,
  },
  {
    title: 'nginx → a build against a library that is not there',
    service: 'nginx',
    directory: `${EDITED}/nginx`,
    before: edited('nginx', '/usr/sbin/nginx', 'swap(b"libcrypt.so.1\\0", b"libcrypt.so.9\\0")'),
    command: NGINX,
    inShort: true,
  },
  {
    title: 'nginx → a build against a newer C library',
    service: 'nginx',
    directory: `${EDITED}/nginx`,
    // The name and its hash, as the loader compares both.
    before: edited(
      'nginx',
      '/usr/sbin/nginx',
      'swap(b"GLIBC_2.34\\0", b"GLIBC_2.99\\0").replace((0x069691b4).to_bytes(4, "little"), (0x06969219).to_bytes(4, "little"))',
    ),
    command: NGINX,
  },
  {
    title: 'nginx → a build for another processor',
    service: 'nginx',
    directory: `${EDITED}/nginx`,
    before: edited('nginx', '/usr/sbin/nginx', 'b[:18] + bytes([0xb7, 0]) + b[20:]'),
    command: NGINX,
  },
  {
    title: 'nginx → nginx of Debian 11',
    service: 'nginx',
    directory: `${OLDER}/nginx-light`,
    command: `usr/${NGINX}`,
  },
  {
    title: 'nginx → nginx of Debian 13',
    service: 'nginx',
    directory: `${NEWER}/nginx`,
    command: `usr/${NGINX}`,
  },
  {
    title: 'nginx → nginx on a port that another service holds',
    service: 'nginx',
    directory: `${EDITED}/nginx`,
    before: `${edited('nginx', '/usr/sbin/nginx', 'b')} && systemctl start memcached`,
    command: NGINX,
    files: { '/etc/nginx/conf.d/pair.conf': 'server { listen 127.0.0.1:11211; }\n' },
  },
  {
    title: 'nginx → lighttpd, which writes another PID file',
    service: 'nginx',
    directory: `${EDITED}/lighttpd`,
    before: edited('lighttpd', '/usr/sbin/lighttpd', 'b'),
    command: 'sbin/lighttpd -f /etc/lighttpd/lighttpd.conf',
    dropIn: 'ExecStartPre=\nTimeoutStartSec=4\n',
  },
  {
    title: 'nginx → mini-httpd in the foreground, Type=exec',
    service: 'nginx',
    directory: `${PAIRS_AT}/mini-httpd`,
    command: 'usr/sbin/mini_httpd -D -p 80 -d /var/www/html',
    dropIn: 'ExecStartPre=\nType=exec\n',
  },
  {
    title: 'nginx → mini-httpd in the foreground, Type=forking',
    service: 'nginx',
    directory: `${PAIRS_AT}/mini-httpd`,
    command: 'usr/sbin/mini_httpd -D -p 80 -d /var/www/html',
    dropIn: 'ExecStartPre=\nTimeoutStartSec=4\n',
  },
  {
    title: 'lighttpd → webfs',
    service: 'lighttpd',
    directory: `${PAIRS_AT}/webfs`,
    command: 'usr/bin/webfsd -F -p 80 -r /var/www/html',
  },
  {
    title: 'ssh → dropbear, as it is',
    service: 'ssh',
    directory: `${PAIRS_AT}/dropbear-bin`,
    command: 'usr/sbin/dropbear -D',
    dropIn: 'TimeoutStartSec=4\n',
  },
  {
    title: 'ssh → dropbear, Type=exec',
    service: 'ssh',
    directory: `${PAIRS_AT}/dropbear-bin`,
    command: 'usr/sbin/dropbear -F -E -R -p 22',
    dropIn: 'Type=exec\nExecStartPre=\n',
  },
  {
    title: 'ssh → sshd of Debian 13',
    service: 'ssh',
    directory: `${NEWER}/openssh-server`,
    command: 'usr/sbin/sshd -D',
  },
  {
    title: 'ssh → sshd of Debian 11',
    service: 'ssh',
    directory: `${OLDER}/openssh-server`,
    command: 'usr/sbin/sshd -D',
  },
  {
    title: 'memcached → memcached of Debian 11',
    service: 'memcached',
    directory: `${OLDER}/memcached`,
    command: 'usr/bin/memcached -u memcache -l 127.0.0.1',
  },
  {
    title: 'memcached → memcached of Debian 13',
    service: 'memcached',
    directory: `${NEWER}/memcached`,
    command: 'usr/bin/memcached -u memcache -l 127.0.0.1',
  },
  {
    title: 'vsftpd → pure-ftpd',
    service: 'vsftpd',
    directory: `${PAIRS_AT}/pure-ftpd`,
    command: 'usr/sbin/pure-ftpd -S 21',
  },
  {
    title: 'vsftpd → pure-ftpd, with the argument of vsftpd',
    service: 'vsftpd',
    directory: `${PAIRS_AT}/pure-ftpd`,
    command: 'usr/sbin/pure-ftpd -S 21 --no-such-option',
  },
  {
    title: 'PostgreSQL 15 → PostgreSQL 13 on the same data',
    service: 'postgresql@15-main',
    directory: `${OLDER}/postgresql-13`,
    command: `usr/lib/postgresql/13/bin/postgres -D /var/lib/postgresql/15/main -c config_file=/etc/postgresql/15/main/postgresql.conf`,
    dropIn: 'Type=exec\nUser=postgres\n',
  },
  {
    title: 'PostgreSQL 15 → the same, with an extension of another version',
    service: 'postgresql@15-main',
    directory: `${EDITED}/postgres`,
    before: `install -D /usr/lib/postgresql/15/bin/postgres ${EDITED}/postgres/bin/postgres`,
    command:
      'bin/postgres -D /var/lib/postgresql/15/main -c config_file=/etc/postgresql/15/main/postgresql.conf -c shared_preload_libraries=/opt/edited/auto_explain.so',
    dropIn: 'Type=exec\nUser=postgres\n',
    plugin: {
      program: 'postgresql',
      from: '/usr/lib/postgresql/15/lib/auto_explain.so',
      to: `${EDITED}/auto_explain.so`,
      what: 'version',
    },
  },
  {
    title: 'apache2 → a copy of it',
    service: 'apache2',
    directory: `${EDITED}/apache2`,
    before: edited('apache2', '/usr/sbin/apache2', 'b'),
    command: HTTPD,
    dropIn: HTTPD_ITSELF,
  },
  {
    title: 'apache2 → the same, with a module of another one',
    service: 'apache2',
    directory: `${EDITED}/apache2`,
    before: edited('apache2', '/usr/sbin/apache2', 'b'),
    command: HTTPD,
    dropIn: HTTPD_ITSELF,
    files: { '/etc/apache2/conf-enabled/pair.conf': 'LoadModule status_module /opt/edited/mod_status.so\n' },
    plugin: {
      program: 'httpd',
      from: '/usr/lib/apache2/modules/mod_status.so',
      to: `${EDITED}/mod_status.so`,
      name: 'status_module',
      what: 'version',
    },
  },
];
