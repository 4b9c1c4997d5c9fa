import { expect, test } from 'vitest';
import { pathFinder } from './path-mentions.ts';

const find = pathFinder(
  ['/etc/default/lamp', '/run/lamp.pid', '/var/log/lamp/east.log', '/etc/lamp.conf', '/srv/a[1]/x'],
  ['/var/lib/lamp'],
);

test.each([
  ['. /etc/default/lamp', '/etc/default/lamp'],
  ['kill -HUP "$(cat /var/run/lamp.pid)"', '/run/lamp.pid'],
  ['PIDFILE=/run//lamp.pid', '/run/lamp.pid'],
  ['/var/log/lamp/*.log {', '/var/log/lamp/east.log'],
  ['/var/log/*/[a-f]ast.lo? {', '/var/log/lamp/east.log'],
  ['tar c /var/lib/lamp/ > x', '/var/lib/lamp'],
  ['rm -rf /var/lib/lamp/cache/old', '/var/lib/lamp'],
  ['see file:///etc/lamp.conf.', '/etc/lamp.conf'],
  ["['/etc/lamp.conf','x']", '/etc/lamp.conf'],
  ['auth,authpriv.* -/var/log/lamp/east.log', '/var/log/lamp/east.log'],
  ['CONF=${CONF:-/etc/lamp.conf}', '/etc/lamp.conf'],
  ['CONF=${CONF-/etc/lamp.conf}', '/etc/lamp.conf'],
  ['ReadWritePaths=-/var/lib/lamp', '/var/lib/lamp'],
  ['cp /srv/a[1]/x /tmp', '/srv/a[1]/x'],
])('%j', (text, path) => {
  expect(find(text).map((mention) => mention.path)).toEqual([path]);
});

test.each([
  '/etc/default/lamplight',
  '/etc/lamp.conf.d/x',
  '/etc/lamp.conf.dpkg-old',
  '/opt/etc/lamp.conf',
  '~/etc/lamp.conf',
  '/srv/old-/etc/lamp.conf',
  '$ROOT/etc/lamp.conf',
  '${ROOT}/etc/lamp.conf',
  '/var/lib/lamps/x',
  '/var/log/lamp/*.err',
  '# /etc/lamp.conf',
  '/',
  '*/etc/lamp.conf',
])('nothing of it in %j', (text) => {
  expect(find(text)).toEqual([]);
});

test('a pattern that a stranger made takes no longer than its length', () => {
  const file = `/srv/${'a'.repeat(200)}`;
  expect(pathFinder([file], [])(`/srv/${'*a'.repeat(500)}b`)).toEqual([]);
});
