/**
 * Debian packages with services, of which `npm run test:effects` changes each that runs, and sees what else is restarted. All are
 * in bookworm; with what they need they take 60 MB to fetch.
 */
export const effectsPackages = `
acpid apache2 at avahi-daemon beanstalkd bind9 cron cups-daemon dnsmasq dovecot-core earlyoom fcgiwrap gpsd haproxy
haveged iperf3 irqbalance knockd lighttpd lldpd memcached mosquitto nagios-nrpe-server nbd-server ngircd nginx nscd nslcd
openbsd-inetd opendkim openssh-server openvpn pcscd postgresql-15 privoxy prosody radvd redis-server rpcbind rsyslog
sane-utils snmpd sslh stubby stunnel4 supervisor tinyproxy tinysshd tor ulogd2 unbound uuid-runtime vnstat vsftpd
`
  .trim()
  .split(/\s+/);
