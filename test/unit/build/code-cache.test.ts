import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInto, codeCacheIn, copyOf } from './built-program.ts';

/** Loads a build, says whether V8 took the cache, and traces. */
const CHILD = `
const program = require(process.argv[1] + '/program.js');
const { cachedDataRejected } = program.build.script;
console.error({ undefined: 'not used', true: 'refused', false: 'used' }[cachedDataRejected]);
program.run(['trace', 'lamp', 'TZ', '--root', process.argv[2]], '0').then((code) => (process.exitCode = code));
`;
const TRACED = /^TZ = UTC\n[^]*\/etc\/systemd\/system\/lamp\.service:2 +sets it, wins\n/;

interface Run {
  readonly exitCode: number | string;
  readonly stdout: string;
  readonly cache: string;
}

let scratch = '';
let intact = '';
let root = '';

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'cutover-built-'));
  chmodSync(scratch, 0o755);
  intact = join(scratch, 'dist');
  root = join(scratch, 'root');
  mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
  const unit = '[Service]\nEnvironment=TZ=UTC\nExecStart=/usr/bin/lamp\n';
  writeFileSync(join(root, 'etc/systemd/system/lamp.service'), unit);
  expect(buildInto(intact)).toEqual({ exitCode: 0, printed: '' });
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function run(dist: string, options: readonly string[] = []): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...options, '-e', CHILD, dist, root], (error, stdout, stderr) => {
      resolve({
        exitCode: error === null ? 0 : (error.signal ?? error.code ?? '?'),
        stdout,
        cache: stderr.trim(),
      });
    });
  });
}

async function expectTrace(
  dist: string,
  cache: 'used' | 'not used' | 'refused',
  options?: readonly string[],
) {
  const result = await run(dist, options);
  expect(result).toMatchObject({ exitCode: 0, cache });
  expect(result.stdout).toMatch(TRACED);
}

describe('the code cache of a build', () => {
  test('is used when it is whole', () => expectTrace(intact, 'used'));

  test('is not used, and changes nothing, wherever a bit of it is flipped', async () => {
    const file = readFileSync(codeCacheIn(intact));
    const places = 16;
    const [one, other] = [copyOf(intact), copyOf(intact)];
    const flip = async (dist: string, nth: number) => {
      const place = Math.floor((nth * (file.length - 1)) / (places - 1));
      const damaged = Buffer.from(file);
      damaged.writeUInt8(damaged.readUInt8(place) ^ (1 << (nth % 8)), place);
      writeFileSync(codeCacheIn(dist), damaged);
      await expectTrace(dist, 'not used');
    };
    for (let nth = 0; nth < places; nth += 2) await Promise.all([flip(one, nth), flip(other, nth + 1)]);
  }, 60_000);

  test.each([0, 3, 4, 1000, -1])('is not used when it is cut off (%i)', async (length) => {
    const dist = copyOf(intact);
    const cache = codeCacheIn(dist);
    truncateSync(cache, length < 0 ? readFileSync(cache).length + length : length);
    await expectTrace(dist, 'not used');
  });

  test('may be missing', async () => {
    const dist = copyOf(intact);
    rmSync(codeCacheIn(dist));
    await expectTrace(dist, 'not used');
  });

  test('may be something else than a file', async () => {
    const dist = copyOf(intact);
    const cache = codeCacheIn(dist);
    rmSync(cache);
    mkdirSync(cache);
    await expectTrace(dist, 'not used');
  });

  test('is of one version of Node, one system and one processor', async () => {
    const dist = copyOf(intact);
    const cache = codeCacheIn(dist);
    expect(cache).toBe(`${dist}/program.${process.version}-${process.platform}-${process.arch}.cache`);
    renameSync(cache, cache.replace(process.version, 'v20.0.0'));
    await expectTrace(dist, 'not used');
  });

  test('is refused by a Node with other flags, which compiles anew', () =>
    expectTrace(intact, 'refused', ['--no-opt']));

  test('is not used for a bundle that has been edited since, were it as long', async () => {
    const dist = copyOf(intact);
    const bundle = join(dist, 'program.bundle.js');
    const text = readFileSync(bundle, 'latin1');
    const edited = text.replace('never lose the way back', 'never lose the way home');
    expect(edited).not.toBe(text);
    writeFileSync(bundle, edited, 'latin1');
    await expectTrace(dist, 'not used');
    const { stdout } = spawnSync(process.execPath, [join(dist, 'cutover.js'), '--help'], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('never lose the way home');
  });

  test.skipIf(process.getuid?.() !== 0)('is used by another user, who may only read it', () => {
    const dist = copyOf(intact);
    for (const name of readdirSync(dist)) chmodSync(join(dist, name), name === 'cutover.js' ? 0o555 : 0o444);
    chmodSync(dist, 0o555);
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
    const { status, stdout, stderr } = spawnSync('setpriv', [...nobody, '-e', CHILD, dist, root], {
      encoding: 'utf8',
      cwd: '/',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'used\n' });
    expect(stdout).toMatch(TRACED);
  });
});
