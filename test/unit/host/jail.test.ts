// Attempts to make Cutover read outside a root directory. Each meets what it says; none brings the canary.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { rootEntries } from '../../../src/host/root-entries.ts';
import { loadService } from '../../../src/service/service.ts';
import { rootWith } from '../../root-with.ts';

const CANARY = 'CANARY=sings';
const UNIT = '/etc/systemd/system/lamp.service';

/** A directory beside the roots, with a file that no root may show. */
let outside: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'cutover-outside-'));
  writeFileSync(`${outside}/canary`, `${CANARY}\n`);
  writeFileSync(`${outside}/10-canary.conf`, `[Service]\nEnvironment=${CANARY}\n`);
  writeFileSync(`${outside}/lamp.service`, `[Service]\nExecStart=/bin/true\nEnvironment=${CANARY}\n`);
});

function withOutside(path: string): string {
  return path.replaceAll('OUT', outside);
}

/** What the attempt brings: what was read, or what it met. */
function met(attempt: () => unknown): string {
  try {
    const result = attempt();
    return result instanceof Uint8Array ? new TextDecoder().decode(result) : JSON.stringify(result ?? null);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}

/** A file asked for by name; `OUT` stands for the directory outside. */
test.each<[string, Record<string, string>, string, string]>([
  ['an absolute link', { '/etc/x': '-> OUT/canary' }, '/etc/x', '/etc/x: no such file'],
  ['an absolute link to a directory', { '/etc/x': '-> OUT' }, '/etc/x/canary', '/etc/x/canary: no such file'],
  [
    'dots in the question',
    { '/etc/y': '' },
    '/etc/../../../../../..OUT/canary',
    '/etc/../../../../../..OUT/canary: no such file',
  ],
  ['a link of dots', { '/etc/x': '-> ../../../../../../../..OUT/canary' }, '/etc/x', '/etc/x: no such file'],
  [
    'dots behind a link',
    { '/a/b/c': '-> /', '/etc/y': '' },
    '/a/b/c/../../../OUT/canary',
    '/a/b/c/../../../OUT/canary: no such file',
  ],
  [
    'a link to the root itself, then out',
    { '/r': '-> /' },
    '/r/..OUT/canary',
    '/r/..OUT/canary: no such file',
  ],
  ['a chain of links', { '/1': '-> 2', '/2': '-> /3', '/3': '-> OUT/canary' }, '/1', '/1: no such file'],
  ['a loop of two', { '/1': '-> 2', '/2': '-> 1' }, '/1', '/1: too many levels of symbolic links'],
  ['a link to itself', { '/1': '-> 1' }, '/1', '/1: too many levels of symbolic links'],
  ['a loop of a directory', { '/d/1': '-> ../d/1/x' }, '/d/1', '/d/1: too many levels of symbolic links'],
  ['a link that grows', { '/g': '-> g/g' }, '/g', '/g: too many levels of symbolic links'],
  ['doubled slashes', { '/etc/x': '-> //OUT//canary' }, '/etc/x', '/etc/x: no such file'],
  [
    '/proc/self/root as a link',
    { '/proc/self/root': '-> /' },
    '/proc/self/rootOUT/canary',
    '/proc/self/rootOUT/canary: no such file',
  ],
  [
    '/proc/self/cwd as a link',
    { '/proc/self/cwd': '-> OUT' },
    '/proc/self/cwd/canary',
    '/proc/self/cwd/canary: no such file',
  ],
  ['/dev/fd as a link to /proc', { '/dev/fd': '-> /proc/self/fd' }, '/dev/fd/0', '/dev/fd/0: no such file'],
  ['a directory for a file', { '/etc/x/y': '' }, '/etc/x', '/etc/x: not a regular file'],
])('%s', (_, entries, asked, expected) => {
  const host = rootWith(
    Object.fromEntries(Object.entries(entries).map(([path, text]) => [path, withOutside(text)])),
  );
  const [path, message] = [withOutside(asked), withOutside(expected)];
  expect(met(() => host.readFile(path))).toBe(message);
});

/** What stands where a file should be. */
test.each<[string, (path: string) => unknown]>([
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  [
    'a socket',
    (path) => {
      const server = createServer().listen(path);
      onTestFinished(() => {
        server.close();
      });
    },
  ],
])('%s is never opened', async (_, put) => {
  const host = rootWith({ '/etc/y': '' });
  const path = `${host.root}/etc/x`;
  put(path);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(met(() => host.readFile('/etc/x'))).toBe('/etc/x: not a regular file');
});

const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stderr.write('SKIPPED, only root makes devices: a device is never opened\n');

test.skipIf(!asRoot).each([
  ['a character device', 'c', '1', '5'],
  ['a block device', 'b', '7', '0'],
])('%s is never opened', (_, ...node) => {
  const host = rootWith({ '/etc/y': '' });
  execFileSync('mknod', [`${host.root}/etc/x`, ...node]);
  expect(met(() => host.readFile('/etc/x'))).toBe('/etc/x: not a regular file');
});

/** The files of the kernel, which are those of the machine Cutover runs on wherever they are mounted. */
test.each([
  '/proc/self/environ',
  '/proc/self/cmdline',
  '/proc/1/environ',
  '/proc/version',
  '/sys/kernel/uevent_seqnum',
])('%s, mounted in a root', (path) => {
  if (!existsSync(path)) return;
  const message = met(() => new RootedHost('/').readFile(path));
  expect(message).toBe(`${path}: it tells of the machine Cutover runs on, not of the root`);
});

const EXCHANGED = 'it was exchanged for something outside the root while it was looked at';

/** Between the look at a name and its use, somebody puts a link out of the root in its place. */
test.each<[string, string, (host: RootedHost) => unknown, string]>([
  [
    'the directory of a file to read',
    '/etc',
    (host) => host.readFile('/etc/canary'),
    `/etc/canary: ${EXCHANGED}`,
  ],
  [
    'the directory of a file to open',
    '/etc',
    (host) => host.open('/etc/canary').size,
    `/etc/canary: ${EXCHANGED}`,
  ],
  ['the directory of facts', '/etc', (host) => host.stat('/etc/canary'), `/etc/canary: ${EXCHANGED}`],
  [
    'the directory of facts of a link',
    '/etc',
    (host) => host.lstat('/etc/canary'),
    `/etc/canary: ${EXCHANGED}`,
  ],
  ['the directory above a list', '/etc', (host) => host.list('/etc/inner'), `/etc/inner: ${EXCHANGED}`],
  ['a list itself', '/etc/inner', (host) => host.list('/etc/inner'), 'null'],
  ['the directory of a link', '/etc', (host) => host.readLink('/etc/link'), '/etc/link: ENOTDIR'],
  [
    'the file itself',
    '/etc/canary',
    (host) => host.readFile('/etc/canary'),
    '/etc/canary: not a regular file',
  ],
])('exchanged meanwhile: %s', (_, exchanged, attempt, expected) => {
  const { root } = rootWith({ '/etc/canary': 'inside', '/etc/inner/x': '', '/etc/link': '-> canary' });
  mkdirSync(`${outside}/inner`);
  symlinkSync('CANARY=sings', `${outside}/link`);
  const entries = rootEntries(root);
  let done = false;
  const host = new RootedHost(root, 'rooted', {
    ...entries,
    typeOf(path) {
      const type = entries.typeOf(path);
      if (!done && path.startsWith('/etc/')) {
        done = true;
        renameSync(root + exchanged, `${root}/before`);
        symlinkSync(
          exchanged === '/etc/canary'
            ? `${outside}/canary`
            : exchanged === '/etc'
              ? outside
              : `${outside}/inner`,
          root + exchanged,
        );
      }
      return type;
    },
  });
  expect(met(() => attempt(host))).toBe(expected);
});

test('a file exchanged for a pipe meanwhile does not block', () => {
  const { root } = rootWith({ '/etc/x': 'inside' });
  const entries = rootEntries(root);
  const host = new RootedHost(root, 'rooted', {
    ...entries,
    typeOf(path) {
      const type = entries.typeOf(path);
      if (path === '/etc/x') {
        rmSync(`${root}/etc/x`);
        execFileSync('mkfifo', [`${root}/etc/x`]);
      }
      return type;
    },
  });
  expect(met(() => host.readFile('/etc/x'))).toBe('/etc/x: not a regular file');
});

/** Units whose directives, links and drop-ins try to bring the canary: what the service has of it. */
test.each<[string, Record<string, string>, string]>([
  ['an absolute EnvironmentFile=', { [UNIT]: 'EnvironmentFile=-OUT/canary' }, 'null'],
  ['a mandatory one', { [UNIT]: 'EnvironmentFile=OUT/canary' }, 'EnvironmentFile=OUT/canary does not exist'],
  ['dots in EnvironmentFile=', { [UNIT]: 'EnvironmentFile=/etc/../../../..OUT/canary' }, 'null'],
  ['a relative EnvironmentFile=', { [UNIT]: 'EnvironmentFile=../../../..OUT/canary' }, 'null'],
  ['a pattern', { [UNIT]: 'EnvironmentFile=-OUT/can*' }, 'null'],
  ['a pattern through a link', { [UNIT]: 'EnvironmentFile=-/etc/*/canary', '/etc/x': '-> OUT' }, 'null'],
  ['a pattern of links', { [UNIT]: 'EnvironmentFile=-/etc/x*', '/etc/x1': '-> OUT/canary' }, 'null'],
  ['a specifier', { [UNIT]: 'EnvironmentFile=-%h/../../../..OUT/canary' }, 'null'],
  [
    'a link for an environment file',
    { [UNIT]: 'EnvironmentFile=-/etc/x', '/etc/x': '-> OUT/canary' },
    'null',
  ],
  ['a drop-in directory', { [UNIT]: '', [`${UNIT}.d`]: '-> OUT' }, 'null'],
  ['a drop-in', { [UNIT]: '', [`${UNIT}.d/10.conf`]: '-> OUT/10-canary.conf' }, 'null'],
  ['a drop-in directory of dots', { [UNIT]: '', [`${UNIT}.d`]: '-> ../../../../../../../..OUT' }, 'null'],
  [
    'the unit itself',
    { [UNIT]: '-> OUT/lamp.service' },
    `${UNIT} is a link to OUT/lamp.service, which does not exist`,
  ],
  [
    'the whole search path',
    { '/etc/systemd/system': '-> OUT' },
    'There is no unit lamp.service on this root',
  ],
  ['system.conf', { [UNIT]: '', '/etc/systemd/system.conf': '-> OUT/canary' }, 'null'],
  ['a RootDirectory=', { [UNIT]: 'RootDirectory=OUT\nEnvironmentFile=-/canary' }, 'null'],
])('a unit and %s', (_, entries, expected) => {
  const host = rootWith(
    Object.fromEntries(
      Object.entries(entries).map(([path, text]) => [
        path,
        withOutside(
          path === UNIT && !text.startsWith('->') ? `[Service]\nExecStart=/bin/true\n${text}\n` : text,
        ),
      ]),
    ),
  );
  const message = withOutside(expected);
  const brought = met(() => loadService(host, 'lamp').environment.effective.get('CANARY')?.value.toString());
  expect(brought.replace(/^.*:\d+:\d+: /, '')).toBe(message);
});

test.each(['../../../../etc/passwd', '..', '/etc/passwd', 'a/../b.service', './lamp.service'])(
  'the name of a unit %s',
  (name) => {
    const host = rootWith({ [UNIT]: '[Service]\nExecStart=/bin/true\n' });
    const message = met(() => loadService(host, name));
    expect(message).toMatch(/is not the name of a unit$|^There is no unit \.\.\.service on this root/);
  },
);

test('a file of 64 GiB is not read', () => {
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/bin/true\nEnvironmentFile=/etc/x\n', '/etc/x': '' });
  truncateSync(`${host.root}/etc/x`, 64 * 1024 ** 3);
  expect(met(() => loadService(host, 'lamp'))).toMatch(
    /^\/etc\/systemd\/system\/lamp\.service:3:1: \/etc\/x: 68719476736 bytes, more than the \d+ that are read$/,
  );
});

test('a directory of five thousand links out of the root brings nothing', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nExecStart=/bin/true\nEnvironmentFile=-/etc/x/*\n',
    '/etc/x/a': '',
  });
  for (let index = 0; index < 5000; index += 1)
    symlinkSync(`${outside}/canary`, `${host.root}/etc/x/${index}`);
  const brought = met(() => loadService(host, 'lamp').environment.effective.get('CANARY')?.value.toString());
  expect(brought).toBe('null');
});
