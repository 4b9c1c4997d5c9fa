/** Whether a program puts itself into the background, and what decides it. */
export interface DaemonHabit {
  /** What it does when nothing asks it for anything. */
  readonly unasked: 'leaves' | 'stays';
  /** Options that have it do the other; a second word is the option's argument. */
  readonly otherwise: readonly string[];
  /** The line of its configuration that has it do the other where no option does. */
  readonly line?: string;
  /** The manual page that says so. */
  readonly source: string;
}

/** The habit of a program by the name of its file, `busybox APPLET` for one of busybox; undefined for one that is not known. */
export function daemonHabitOf(name: string): DaemonHabit | undefined {
  return HABITS.get(name);
}

type Row = readonly [names: string, otherwise: string, source: string, line?: string];

/**
 * In the background unless they are asked to stay. Those of Debian 12, each of them started with one of the options and
 * without; ntpd, proftpd, winbindd and the foreground of stunnel are after their pages alone.
 */
const LEAVE: readonly Row[] = [
  ['cron', '-f', 'cron(8)'],
  ['atd', '-f', 'atd(8)'],
  ['rsyslogd', '-n', 'rsyslogd(8)'],
  ['syslogd', '-n, --no-detach, -F', 'syslogd(8)'],
  ['syslog-ng', '-F, --foreground', 'syslog-ng(8)'],
  ['busybox crond', '-f', 'busybox(1)'],
  ['busybox syslogd', '-n', 'busybox(1)'],
  ['busybox httpd', '-f', 'busybox(1)'],
  ['busybox telnetd', '-F', 'busybox(1)'],
  ['lighttpd', '-D', 'lighttpd(8)'],
  ['apache2, httpd', '-D FOREGROUND, -D NO_DETACH, -D ONE_PROCESS, -D DEBUG, -X', 'apache2(8)'],
  ['mini_httpd', '-D', 'mini_httpd(8)'],
  ['nginx', '-g daemon off;', 'nginx(8)', 'daemon off;'],
  ['sshd', '-D, -d', 'sshd(8)'],
  ['dropbear', '-F', 'dropbear(8)'],
  ['proftpd', '-n, --nodaemon', 'proftpd(8)'],
  ['unbound', '-d', 'unbound(8)', 'do-daemonize: no'],
  ['named', '-f, -g', 'named(8)'],
  ['dnsmasq', '-k, -d, --keep-in-foreground, --no-daemon', 'dnsmasq(8)'],
  ['chronyd', '-n, -d, -q, -Q, -p', 'chronyd(8)'],
  ['ntpd', '-n, -d, -q, --nofork', 'ntpd(8)'],
  ['tinyproxy', '-d', 'tinyproxy(8)'],
  ['privoxy', '--no-daemon', 'privoxy(8)'],
  ['snmpd', '-f', 'snmpd(8)'],
  ['inetd', '-i, -d', 'inetd(8)'],
  ['xinetd', '-dontfork, -d', 'xinetd(8)'],
  ['slapd', '-d', 'slapd(8)'],
  ['smbd, nmbd, winbindd', '-F, --foreground, -i, --interactive', 'smbd(8)'],
  ['acpid', '-f, --foreground, -d, --debug', 'acpid(8)'],
  ['collectd', '-f', 'collectd(1)'],
  ['keepalived', '-n, --dont-fork', 'keepalived(8)'],
  ['radvd', '-n, --nodaemon, -d', 'radvd(8)'],
  ['bird', '-f, -d', 'bird(8)'],
  ['stunnel4, stunnel', '', 'stunnel4(8)', 'foreground = yes'],
  ['transmission-daemon', '-f, --foreground', 'transmission-daemon(1)'],
  ['rpcbind', '-f, -d', 'rpcbind(8)'],
  ['lldpd', '-d', 'lldpd(8)'],
  ['minidlnad', '-S, -d', 'minidlnad(8)'],
  ['nsd', '-d', 'nsd(8)'],
  ['watchdog, wd_keepalive', '-F, --foreground', 'watchdog(8)'],
  ['uptimed', '-f', 'uptimed(8)'],
  ['php-fpm8.2, php-fpm', '-F, --nodaemonize', 'php-fpm8.2(8)', 'daemonize = no'],
  ['krb5kdc', '-n', 'krb5kdc(8)'],
  ['dovecot', '-F', 'dovecot(1)'],
  ['ngircd', '-n, --nodaemon, -p, --passive', 'ngircd(8)'],
  ['monit', '-I', 'monit(1)'],
  ['zabbix_agentd', '-f, --foreground', 'zabbix_agentd(8)'],
  ['opendkim', '-f', 'opendkim(8)', 'Background no'],
];

/** In the foreground unless they are asked to leave; likewise. */
const STAY: readonly Row[] = [
  ['vsftpd', '-obackground=YES', 'vsftpd.conf(5)', 'background=YES'],
  ['pure-ftpd', '-B, --daemonize', 'pure-ftpd(8)'],
  ['haproxy', '-D', 'haproxy(1)', 'daemon'],
  ['memcached', '-d, --daemon', 'memcached(1)'],
  ['redis-server, valkey-server', '--daemonize yes', 'redis-server(1)', 'daemonize yes'],
  ['beanstalkd', '', 'beanstalkd(1)'],
  ['mosquitto', '-d, --daemon', 'mosquitto(8)'],
  ['conntrackd', '-d', 'conntrackd(8)'],
  ['tor', '--RunAsDaemon 1', 'tor(1)', 'RunAsDaemon 1'],
];

const HABITS: ReadonlyMap<string, DaemonHabit> = new Map([
  ...LEAVE.flatMap((row) => habits('leaves', row)),
  ...STAY.flatMap((row) => habits('stays', row)),
]);

function habits(
  unasked: DaemonHabit['unasked'],
  [names, otherwise, source, line]: Row,
): (readonly [string, DaemonHabit])[] {
  const habit: DaemonHabit = {
    unasked,
    otherwise: otherwise === '' ? [] : otherwise.split(', '),
    source,
    ...(line === undefined ? {} : { line }),
  };
  return names.split(', ').map((name) => [name, habit]);
}
