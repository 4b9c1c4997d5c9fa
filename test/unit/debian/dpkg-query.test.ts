// Owners, versions and changed configuration files of this machine, as its own dpkg tells them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RememberingHost } from '../../../src/host/remembering-host.ts';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { fileByDpkg } from '../../../src/knowledge/debian/file-by-dpkg.ts';

const hasDpkg = spawnSync('dpkg-query', ['--version']).status === 0;
if (!hasDpkg) process.stderr.write('SKIPPED, there is no dpkg-query here: owners as dpkg tells them\n');

function query(...args: readonly string[]): string {
  return spawnSync('dpkg-query', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout;
}

test.skipIf(!hasDpkg)('every seventh file of every fifth package, and its version', () => {
  const host = new RememberingHost(liveHost());
  const versions = new Map(
    query('-W', '-f', '${Package} ${Version}\n')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  const packages = [...versions.keys()].filter((_, index) => index % 5 === 0);
  const paths = query('-L', ...packages)
    .split('\n')
    .filter((path) => path.startsWith('/') && lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .filter((_, index) => index % 37 === 0)
    .slice(0, 1000);
  const owners = new Map<string, string[]>();
  for (const line of query('-S', ...paths).split('\n')) {
    const [, names = '', path = ''] = /^((?!diversion )[^/]+): (\/.*)$/.exec(line) ?? [];
    if (path !== '')
      owners.set(
        path,
        names.split(', ').map((name) => name.split(':')[0] ?? ''),
      );
  }
  const wrong = paths.filter((path) => {
    const owner = fileByDpkg(host, path)?.owner;
    return (
      owner === undefined ||
      owners.get(path)?.includes(owner.package) !== true ||
      owner.version !== versions.get(owner.package)
    );
  });
  expect(wrong).toEqual([]);
  expect(paths.length).toBeGreaterThan(100);
});

test.skipIf(!hasDpkg)('every configuration file, changed or not', () => {
  const host = new RememberingHost(liveHost());
  const lines = query('-W', '-f', '${Conffiles}\n').split('\n');
  const recorded = lines.flatMap((line) => {
    const [, path = '', sum = ''] = /^ (\/\S+) ([0-9a-f]{32})$/.exec(line) ?? [];
    return path !== '' && existsSync(path) ? [{ path, sum }] : [];
  });
  const wrong = recorded.filter(({ path, sum }) => {
    const isSame = createHash('md5').update(readFileSync(path)).digest('hex') === sum;
    return fileByDpkg(host, path)?.owner?.conffile !== (isSame ? 'as-shipped' : 'changed');
  });
  expect(wrong).toEqual([]);
  expect(recorded.length).toBeGreaterThan(20);
});
