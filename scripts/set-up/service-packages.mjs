/**
 * Debian packages with services, whose units are compared with what systemd says of them. All are in bookworm; none of
 * them is large, for they are fetched anew wherever the tests run.
 */
export const servicePackages = `
accountsservice acpid anacron apache2 apcupsd at auditd autofs avahi-daemon beanstalkd bind9 chrony
clamav-daemon clamav-freshclam colord conntrackd corosync coturn cron cups-daemon deluged dnsmasq
dropbear earlyoom fancontrol firewalld ganglia-monitor geoclue-2.0 gpsd haproxy haveged iperf3
irqbalance knockd krb5-admin-server krb5-kdc lighttpd linuxptp lldpd lm-sensors mariadb-server
memcached minidlna minissdpd miniupnpd mosquitto multipath-tools munin-node nagios-nrpe-server
nfs-common nfs-kernel-server nftables nginx-common ngircd ntpsec open-iscsi openbsd-inetd opendkim
opendmarc openntpd opensmtpd pacemaker postfix postgrey power-profiles-daemon prosody
qemu-guest-agent radvd rasdaemon redis-server redsocks rpcbind rtkit sane-utils ser2net
shadowsocks-libev snmpd spamd squid sslh strongswan-starter stubby stunnel4 supervisor
switcheroo-control targetcli-fb thermald tinyproxy tinysshd tlp tor transmission-daemon tuned
udisks2 ufw ulogd2 unattended-upgrades upower vnstat vsftpd watchdog wireguard-tools
`
  .trim()
  .split(/\s+/);
