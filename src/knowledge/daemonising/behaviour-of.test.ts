import { describe, expect, test } from 'vitest';
import { behaviourOf } from './behaviour-of.ts';

const does = (command: string): string | undefined => {
  const [path = '', ...args] = command.split(' ');
  return behaviourOf(path, args)?.does;
};

describe('what a daemon does by its habit', () => {
  test.each([
    ['/usr/sbin/cron', 'leaves'],
    ['/usr/sbin/cron -f', 'stays'],
    ['/usr/sbin/cron -L 5 -f', 'stays'],
    ['/usr/sbin/dropbear -EF -p 22', 'stays'],
    ['/usr/sbin/named -4f -u bind', 'stays'],
    ['/usr/sbin/named -u bind', 'leaves'],
    ['/usr/sbin/sshd -Dp2222', 'stays'],
    ['/usr/sbin/apache2 -k start', 'leaves'],
    ['/usr/sbin/apache2 -D FOREGROUND', 'stays'],
    ['/usr/sbin/apache2 -DFOREGROUND', 'stays'],
    ['/usr/sbin/apache2 -D SSL', 'leaves'],
    ['/bin/busybox crond -c /etc/cron', 'leaves'],
    ['/bin/busybox crond -f', 'stays'],
    ['/usr/bin/memcached -unobody -m 64', 'stays'],
    ['/usr/bin/memcached -d', 'leaves'],
    ['/usr/bin/redis-server /etc/redis.conf --daemonize no', 'stays'],
    ['/usr/bin/redis-server --daemonize yes', 'leaves'],
    ['/usr/bin/redis-server --daemonize=yes', 'leaves'],
    ['/usr/sbin/haproxy -Ws -f /etc/haproxy/haproxy.cfg', 'stays'],
    ['/usr/sbin/haproxy -D', 'leaves'],
    ['/usr/sbin/lamp -D', undefined],
    ['/bin/busybox lamp', undefined],
  ])('%s: %s', (command, expected) => {
    expect(does(command)).toBe(expected);
  });
});
