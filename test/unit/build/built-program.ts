import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** `npm run build` into a directory; its exit code and what it printed. */
export function buildInto(
  directory: string,
  options: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): { readonly exitCode: number | null; readonly printed: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/build.mjs', '--into', directory, ...(options.args ?? [])],
    { encoding: 'utf8', env: { ...process.env, ...options.env } },
  );
  return { exitCode: status, printed: stdout + stderr };
}

/** A copy of a build that a test may spoil; removed when the test ends. */
export function copyOf(build: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'cutover-dist-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(build, copy, { recursive: true });
  return copy;
}

/** The code cache of the program in a build. A build without exactly one is an error. */
export function codeCacheIn(build: string): string {
  const [cache, ...more] = readdirSync(build).filter((name) => /^program\..*\.cache$/.test(name));
  if (cache === undefined || more.length > 0)
    throw new Error(`${build} should have one code cache of the program`);
  return join(build, cache);
}
