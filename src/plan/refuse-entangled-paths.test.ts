import { expect, test } from 'vitest';
import { planOf } from '../../test/plan-of.ts';
import { rootWith } from '../../test/root-with.ts';

const HEAD = 'apiVersion: cutover/v1\nkind: Replacement\nservice: lamp.service\n';
const ROOT = {
  '/etc/systemd/system/lamp.service':
    '[Service]\nEnvironment=LAMP=on\nEnvironmentFile=-/etc/real/lamp.env\nExecStart=/usr/bin/lamp\n',
  '/usr/bin/lamp': { text: 'lamp', mode: 0o755 },
  '/etc/real/conf': 'old\n',
  '/srv/lnk': '-> /etc/real',
  '/srv/far': '-> lnk/',
  '/srv/lost': '-> /etc/nowhere',
  '/srv/home': '-> /var/lib/cutover',
  '/var/lib/cutover/store/x': 'x',
  '/srv/processes': '-> ../proc',
  '/proc/sys/kernel/panic': '0\n',
  '/usr/lib/liblamp.so.1': 'lib',
  '/usr/lib/liblamp.so': '-> liblamp.so.1',
  '/root/liblamp.so': 'new',
};

function planned(text: string): string[] {
  const plan = planOf(rootWith(ROOT), `${HEAD}${text}`);
  return plan.steps.flatMap((step) => ('path' in step ? [`${step.kind} ${step.path}`] : []));
}

const file = (path: string, more = ''): string => `{ path: ${path}, content: x${more} }`;

test.each([
  [
    'a directory',
    `files: [${file('/srv/lnk/conf')}, ${file('/etc/real/conf')}]\n`,
    '/etc/real/conf and /srv/lnk/conf are one file, and the plan writes it already',
  ],
  [
    'two, where the rest is still to be made',
    `files: [${file('/srv/far/new/conf')}, ${file('/etc/real/new/conf')}]\n`,
    '/etc/real/new/conf and /srv/far/new/conf are one file, and the plan writes it already',
  ],
  [
    'the file that a setting goes into',
    `settings: { set: { LAMP: off } }\nfiles: [${file('/srv/lnk/lamp.env')}]\n`,
    '/srv/lnk/lamp.env and /etc/real/lamp.env are one file, and the plan writes it already',
  ],
  [
    'what is removed',
    `files: [${file('/etc/real/conf')}]\nstate: { remove: [/srv/lnk/conf] }\n`,
    '/srv/lnk/conf and /etc/real/conf are one file, and the plan writes it already',
  ],
  [
    'two names of a library',
    'libraries: [{ path: /usr/lib/liblamp.so, from: /root/liblamp.so, for: everybody }, { path: /usr/lib/liblamp.so.1, from: /root/liblamp.so, for: everybody }]\n',
    '/usr/lib/liblamp.so.1 and /usr/lib/liblamp.so are one file, and the plan writes it already',
  ],
  [
    'a library of the service and a file',
    `libraries: [{ path: /usr/lib/liblamp.so, from: /root/liblamp.so }]\nfiles: [${file('/usr/lib/liblamp.so.1')}]\n`,
    '/usr/lib/liblamp.so and /usr/lib/liblamp.so.1 are one file, and the plan writes it already',
  ],
])('one file that is named twice through links is refused: %s', (_, text, message) => {
  expect(() => planned(text)).toThrow(expect.objectContaining({ name: 'CouldNotRun', message }));
});

test.each([
  [
    `files: [${file('/etc/real/new')}, ${file('/srv/lnk/new/conf')}]\n`,
    '/srv/lnk/new/conf is below /etc/real/new, which the plan writes',
  ],
  [
    `files: [${file('/srv/lnk')}, ${file('/srv/far/new')}]\n`,
    '/srv/far/new is below /srv/lnk, which the plan writes',
  ],
  [
    `files: [${file('/srv/far/new')}]\nstate: { remove: [/srv/lnk] }\n`,
    '/srv/far/new is below /srv/lnk, which the plan removes',
  ],
  [
    `settings: { unset: [LAMP] }\nfiles: [${file('/etc/systemd/system/lamp.service.d')}]\n`,
    '/etc/systemd/system/lamp.service.d/90-cutover.conf is below /etc/systemd/system/lamp.service.d, which the plan writes',
  ],
  [
    `files: [${file('/etc/real/conf/a')}]\n`,
    "/etc/real/conf/a can't be written: /etc/real/conf is no directory",
  ],
  [
    `files: [${file('/srv/lost/conf')}]\n`,
    "/srv/lost/conf can't be written: /srv/lost is a link that leads nowhere",
  ],
])('what would have to be below a file is refused: %s', (text, message) => {
  expect(() => planned(text)).toThrow(expect.objectContaining({ name: 'CouldNotRun', message }));
});

test.each([
  [
    `files: [${file('/srv/home/store/x')}]\n`,
    '/srv/home/store/x is /var/lib/cutover/store/x, which belongs to Cutover: what a change needs to be taken back is there',
  ],
  [
    `state: { remove: [/srv/home/store/x] }\n`,
    '/srv/home/store/x is /var/lib/cutover/store/x, which belongs to Cutover: what a change needs to be taken back is there',
  ],
  [
    `files: [${file('/srv/processes/sys/kernel/panic', ', for: service')}]\n`,
    "/srv/processes/sys/kernel/panic is /proc/sys/kernel/panic, which belongs to the kernel: what is in /proc is not on a disk, so it can't be put back",
  ],
])("a link to what is not the spec's to write is refused: %s", (text, message) => {
  expect(() => planned(text)).toThrow(expect.objectContaining({ name: 'CouldNotRun', message }));
});

test('paths that only look alike are planned', () => {
  expect(
    planned(
      `files: [${file('/srv/lnk/new')}, ${file('/etc/real/newer')}, ${file('/etc/new')}, ${file('/srv/lnk/dir/a')}]\n`,
    ),
  ).toEqual([
    'file-write /srv/lnk/new',
    'file-write /etc/real/newer',
    'file-write /etc/new',
    'file-write /srv/lnk/dir/a',
  ]);
});
