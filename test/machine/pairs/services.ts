/** A service of a Debian package as it runs before anything replaces it. */
export interface ServiceOfToday {
  /** What the package's own scripts would have done; before each replacement, for some leave things behind. */
  readonly prepare: string;
  /** Ends with 0 when the service does its work. */
  readonly works: string;
}

const user = (name: string, home = '/nonexistent'): string =>
  `getent passwd ${name} > /dev/null || useradd --system --user-group --home-dir ${home} ${name}`;

export const SERVICES_OF_TODAY = {
  rsyslog: {
    // Other syslog daemons take the place of the link.
    prepare: 'ln -sfn /run/systemd/journal/dev-log /dev/log',
    works: 'logger -p user.info pair-$$ && sleep 0.3 && grep -q pair-$$ /var/log/syslog',
  },
  cron: { prepare: 'mkdir -p /var/spool/cron/crontabs', works: 'test -e /run/crond.pid' },
  'redis-server': {
    prepare: `${user('redis', '/var/lib/redis')}
      install -d -o redis -g redis -m 750 /var/lib/redis /var/log/redis
      chown -R redis:redis /etc/redis && chmod 640 /etc/redis/redis.conf`,
    works: 'redis-cli ping | grep -q PONG',
  },
  nginx: {
    prepare: `mkdir -p /var/lib/nginx /var/log/nginx
      ln -sf /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default`,
    works: answersOn(80),
  },
  ssh: {
    prepare: `${user('sshd', '/run/sshd')}
      test -e /etc/ssh/ssh_host_ed25519_key ||
        ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
      test -e /etc/ssh/sshd_config || cp /usr/share/openssh/sshd_config /etc/ssh/
      mkdir -p /etc/dropbear`,
    works: greetsOn(22, 'SSH-2.0'),
  },
  apache2: {
    prepare: `cd /etc/apache2 && mkdir -p mods-enabled sites-enabled conf-enabled /var/log/apache2
      for mod in mpm_event authz_core dir; do ln -sf ../mods-available/$mod.load mods-enabled/$mod.load; done`,
    works: answersOn(80),
  },
  'postgresql@15-main': {
    prepare: `${user('postgres', '/var/lib/postgresql')}
      install -d -o postgres -g postgres /var/lib/postgresql/15 /etc/postgresql/15 /var/log/postgresql
      test -e /etc/postgresql/15/main || pg_createcluster 15 main -- --no-sync`,
    works: `runuser -u postgres -- psql -Atc 'select 40 + 2' | grep -q 42`,
  },
  lighttpd: {
    prepare: 'install -d -o www-data -g www-data /var/log/lighttpd /var/cache/lighttpd /var/www/html',
    works: answersOn(80),
  },
  memcached: {
    prepare: user('memcache'),
    works: `bash -c 'exec 3<>/dev/tcp/127.0.0.1/11211; echo version >&3; head -1 <&3' | grep -q VERSION`,
  },
  vsftpd: { prepare: user('ftp', '/srv/ftp'), works: greetsOn(21, '220') },
} as const satisfies Record<string, ServiceOfToday>;

export type NameOfToday = keyof typeof SERVICES_OF_TODAY;

/** Something that speaks HTTP is there; what it says does not matter. */
function answersOn(port: number): string {
  return `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; head -1 <&3' | grep -q ^HTTP/`;
}

function greetsOn(port: number, greeting: string): string {
  return `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; head -1 <&3' | grep -q '^${greeting}'`;
}
