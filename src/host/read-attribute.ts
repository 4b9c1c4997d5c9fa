import { spawnSync } from 'node:child_process';
import { codeOf } from './guarded.ts';
import { HostError } from './host.ts';

const LIMIT_MS = 5000;

/**
 * The value of one extended attribute of what `file` leads to, asked of getfattr(1), for Node has no call for it. undefined
 * where there is none, also on a file system without. `path` is for the error.
 */
export function readAttribute(file: string, name: string, path: string): Uint8Array | undefined {
  const { error, status, stdout, stderr } = spawnSync(
    'getfattr',
    ['--only-values', '--absolute-names', '-n', name, '--', file],
    { timeout: LIMIT_MS, env: { PATH: process.env['PATH'], LC_ALL: 'C' } },
  );
  if (codeOf(error) === 'ENOENT')
    throw new HostError(
      path,
      'io',
      `getfattr is not installed, which reads ${name} (Debian: apt install attr)`,
    );
  if (status === 0) return stdout;
  const said = stderr.toString('utf8').trim();
  if (/No such attribute|Operation not supported/.test(said)) return undefined;
  throw new HostError(path, 'io', said === '' ? 'getfattr failed' : said);
}
