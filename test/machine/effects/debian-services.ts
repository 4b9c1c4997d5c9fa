import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FETCHED = fileURLToPath(new URL('../../../.cache/effects-packages', import.meta.url));

/** The layer that `npm run test:effects` fetches. */
export function effectsLayer(): string | undefined {
  const [name] = existsSync(FETCHED) ? readdirSync(FETCHED).filter((entry) => !entry.startsWith('new-')) : [];
  return name === undefined ? undefined : `${FETCHED}/${name}/layer`;
}

/** Accounts that the packages' own scripts would make. */
const ACCOUNTS = `avahi beanstalkd bind dnsmasq dovecot dovenull gpsd haproxy iperf3 irc _lldpd memcache mosquitto nagios nbd nslcd
  opendkim sshd privoxy prosody radvd redis _rpc saned Debian-snmp sslh stubby stunnel4 tinyproxy debian-tor ulog unbound uuidd vnstat
  ftp postgres www-data`;

/** Directories of their own, by the account. */
const DIRECTORIES = {
  redis: '/var/lib/redis /var/log/redis /etc/redis',
  bind: '/var/cache/bind /etc/bind',
  mosquitto: '/var/lib/mosquitto /var/log/mosquitto',
  prosody: '/var/lib/prosody /var/log/prosody',
  'www-data': '/var/log/lighttpd /var/cache/lighttpd /var/www/html',
  vnstat: '/var/lib/vnstat',
  'debian-tor': '/var/lib/tor /var/log/tor',
  tinyproxy: '/var/log/tinyproxy',
  privoxy: '/var/log/privoxy',
  unbound: '/var/lib/unbound',
  opendkim: '/run/opendkim',
  postgres: '/var/lib/postgresql/15 /etc/postgresql/15 /var/log/postgresql',
};

/** Several would take the same port: each but one gets another. */
const SETTINGS = `
sed -i 's/^Listen 80/Listen 8081/' /etc/apache2/ports.conf
sed -i 's/^server.port.*/server.port = 8082/' /etc/lighttpd/lighttpd.conf
printf 'port=5353\\nbind-interfaces\\n' > /etc/dnsmasq.d/port.conf
printf 'server:\\n  port: 5354\\n  chroot: ""\\n' > /etc/unbound/unbound.conf.d/port.conf
rndc-confgen -a -u bind
cd /etc/apache2 && mkdir -p mods-enabled sites-enabled conf-enabled /var/log/apache2
for mod in mpm_event authz_core dir; do ln -sf ../mods-available/$mod.load mods-enabled/$mod.load; done; cd /
mkdir -p /var/lib/nginx /var/log/nginx; ln -sf /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default
ssh-keygen -q -A; cp -n /usr/share/openssh/sshd_config /etc/ssh/; mkdir -p /var/spool/cron/crontabs
test -e /etc/rsyslog.conf || cp /usr/share/rsyslog/* /etc/
cp -n /usr/share/dovecot/*.conf /etc/dovecot/
printf 'interface lo { AdvSendAdvert off; };\\n' > /etc/radvd.conf
test -e /etc/postgresql/15/main || pg_createcluster 15 main -- --no-sync
printf '[web]\\naccept = 4430\\nconnect = 80\\n' > /etc/stunnel/east.conf
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=east -keyout /etc/stunnel/k -out /etc/stunnel/c 2> /dev/null
cat /etc/stunnel/k /etc/stunnel/c > /etc/stunnel/east.pem; echo 'cert = /etc/stunnel/east.pem' >> /etc/stunnel/east.conf
printf 'START_DAEMON="true"\\nINTERFACES="lo"\\n' >> /etc/default/snmpd
touch /etc/inetd.conf; mkdir -p /etc/prosody/conf.d /etc/cups/ssl; groupadd --system lpadmin
mkdir -p /etc/dovecot/conf.d; cp -rn /usr/share/dovecot/conf.d/. /etc/dovecot/conf.d/; echo 'ssl = no' >> /etc/dovecot/dovecot.conf
systemd-tmpfiles --create 2> /dev/null`;

const STARTED = `acpid.socket acpid.path acpid apache2 atd avahi-daemon.socket avahi-daemon beanstalkd named cron cups.socket cups.path cups
  dnsmasq dovecot.socket dovecot earlyoom fcgiwrap.socket fcgiwrap gpsd.socket gpsd haveged iperf3 irqbalance lighttpd lldpd
  memcached mosquitto nagios-nrpe-server nginx ngircd nscd inetd opendkim ssh openvpn pcscd.socket pcscd
  postgresql postgresql@15-main prosody radvd redis-server rpcbind.socket rpcbind rsyslog syslog.socket snmpd stubby
  stunnel@east stunnel.target supervisor tinyproxy tor tor@default ulogd2 unbound uuidd.socket uuidd vsftpd`;

/** What the packages' scripts and an operator would have done. */
export const INSTALLED = `
for name in ${ACCOUNTS.replaceAll(/\s+/g, ' ')}; do
  getent passwd $name > /dev/null || useradd --system --user-group --no-create-home --home-dir /nonexistent $name; done
${Object.entries(DIRECTORIES)
  .map(([account, directories]) => `mkdir -p ${directories}; chown -R ${account}:${account} ${directories}`)
  .join('\n')}
ldconfig
${SETTINGS}
systemctl daemon-reload; systemctl reload dbus
systemctl start rsyslog
timeout 100 systemctl start ${STARTED.replaceAll(/\s+/g, ' ')}; sleep 2`;

/** State directories of services that run, which they write when they start, end, or have a minute: no effect of a plan. */
export const STATE_OF_SERVICES =
  /^\/var\/lib\/(?:postgresql|redis|tor|mosquitto|prosody|unbound|vnstat|snmp|dovecot|beanstalkd|misc|sudo|logrotate|systemd\/(?:timers|random-seed|catalog))\b/;

/** What Python keeps of modules that it has compiled: a program of a service, run by root for the first time, writes it. */
export const COMPILED = /\/__pycache__\/[^/]+\.pyc$/;
