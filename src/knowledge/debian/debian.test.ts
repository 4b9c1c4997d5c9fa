import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { debian } from './debian.ts';

const INFO = '/var/lib/dpkg/info';
/** MD5 of "LAMP=on\n". */
const AS_SHIPPED = 'fb4f6313f65988ec3145f8ebab99bc4f';

const FILES = {
  '/var/lib/dpkg/status': `Package: lamp
Status: install ok installed
Architecture: amd64
Version: 1:2.3-4
Conffiles:
 /etc/default/lamp ${AS_SHIPPED}
 /etc/lamp.conf ${'0'.repeat(32)} obsolete
Description: a lamp

Package: horn
Architecture: amd64
Version: 7
Conffiles:
 /etc/horn.conf ${AS_SHIPPED}
`,
  [`${INFO}/lamp.list`]:
    '/.\n/lib/systemd/system/lamp.service\n/etc/default/lamp\n/etc/lamp.conf\n/usr/bin/lamp\n',
  [`${INFO}/horn:amd64.list`]: '/.\n/usr/bin/lamp\n/usr/bin/horn\n/usr/bin/bell\n/etc/horn.conf\n',
  '/var/lib/dpkg/diversions':
    '/usr/bin/lamp\n/usr/bin/lamp.real\nhorn\n/usr/bin/bell\n/usr/bin/bell.old\n:\n/etc/horn.conf\n/etc/horn.conf.mine\n:\n',
  '/var/lib/dpkg/alternatives/beacon': 'manual\n/usr/bin/beacon\n',
  '/etc/alternatives/beacon': '-> /usr/bin/horn',
  '/usr/bin/beacon': '-> /etc/alternatives/beacon',
  '/usr/bin/lamp': '',
  '/usr/bin/lamp.real': '',
  '/usr/bin/horn': '',
  '/usr/lib/systemd/system/lamp.service': '',
  '/lib': '-> usr/lib',
  '/etc/default/lamp': 'LAMP=on\n',
  '/etc/lamp.conf': 'mended by hand\n',
  '/etc/stray.conf': '',
  '/usr/bin/bell': '',
  '/usr/bin/bell.old': '',
  '/etc/horn.conf': 'a file of our own\n',
  '/etc/horn.conf.mine': 'LAMP=on\n',
};

const LAMP = { owner: 'lamp', ownerVersion: '1:2.3-4' };
const UPGRADED = 'replaced when the package is upgraded';
const HORN = { owner: 'horn', ownerVersion: '7' };
const BY_HAND = '/usr/bin/bell is diverted to /usr/bin/bell.old by an administrator';
const CONF_BY_HAND = '/etc/horn.conf is diverted to /etc/horn.conf.mine by an administrator';
const DIVERTED = '/usr/bin/lamp is diverted to /usr/bin/lamp.real by horn';

test.each([
  ['/lib/systemd/system/lamp.service', { ...LAMP, survives: false, purpose: UPGRADED }],
  ['/usr/lib/systemd/system/lamp.service', { ...LAMP, survives: false, purpose: UPGRADED }],
  ['/etc/default/lamp', { ...LAMP, survives: true, purpose: 'a configuration file of the package' }],
  [
    '/etc/lamp.conf',
    { ...LAMP, survives: true, purpose: 'a configuration file of the package, changed since' },
  ],
  [
    '/usr/bin/lamp',
    { owner: 'horn', ownerVersion: '7', survives: false, purpose: `${UPGRADED}; ${DIVERTED}` },
  ],
  ['/usr/bin/lamp.real', { ...LAMP, survives: false, purpose: `${UPGRADED}; ${DIVERTED}` }],
  [
    '/usr/bin/beacon',
    {
      owner: 'horn',
      ownerVersion: '7',
      survives: false,
      purpose: `the alternative beacon (manual), now /usr/bin/horn; ${UPGRADED}`,
    },
  ],
  ['/usr/bin/bell', { survives: true, purpose: `${BY_HAND}; packages leave this file alone` }],
  ['/usr/bin/bell.old', { ...HORN, survives: false, purpose: `${UPGRADED}; ${BY_HAND}` }],
  ['/etc/horn.conf', { survives: true, purpose: `${CONF_BY_HAND}; packages leave this file alone` }],
  [
    '/etc/horn.conf.mine',
    { ...HORN, survives: true, purpose: `a configuration file of the package; ${CONF_BY_HAND}` },
  ],
  ['/etc/stray.conf', undefined],
])('%s', (path, note) => {
  expect(debian.noteOn?.(rootWith(FILES), path)).toEqual(note);
});
