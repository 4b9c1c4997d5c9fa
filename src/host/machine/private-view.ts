import { isWithin } from '../../text/is-within.ts';
import { mkdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path/posix';
import { type MountPoint, parseMountinfo } from '../../formats/mountinfo/parse-mountinfo.ts';
import type { PrivateViews } from '../machine.ts';
import { runCommand } from './run-command.ts';

const LIMIT_MS = 30_000;
const MOST_MOUNTS = 100;

/** Views of the whole file system whose writes go to memory, by overlays over what is mounted. */
export const privateViews: PrivateViews = {
  layOut: async ({ directory, root, upper, work }, bytes) => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const complaint = await mount(['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, NAME, directory]);
    if (complaint !== undefined) return complaint;
    mkdirSync(root, { mode: 0o755 });
    const whole = await layOver('/', root, upper, work);
    if (whole !== undefined) return whole;
    const others = mountsBelowRoot();
    if (others.length > MOST_MOUNTS)
      return `${others.length} file systems are mounted, more than ${MOST_MOUNTS}`;
    for (const [index, path] of others.entries()) {
      const view = join(root, path);
      const over = await layOver(path, view, `${upper}-${index}`, `${work}-${index}`);
      if (over === undefined) continue;
      const bound = (await mount(['--bind', path, view])) ?? (await mount(['-o', 'remount,bind,ro', view]));
      if (bound !== undefined) return `${path} has no view: ${bound}`;
    }
    return undefined;
  },
  remove: async (directory) => {
    const isMounted = mountPoints().some(({ path }) => isWithin(path, directory));
    if (isMounted) {
      const { status, stderr } = await runCommand('umount', ['--recursive', directory], LIMIT_MS);
      if (status !== 0) {
        const lazy = await runCommand('umount', ['--recursive', '--lazy', directory], LIMIT_MS);
        if (lazy.status !== 0) throw new Error(`${directory} can't be unmounted: ${stderr}`);
      }
    }
    try {
      rmdirSync(directory);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  },
};

const NAME = 'cutover-trial';

async function mount(words: readonly string[]): Promise<string | undefined> {
  const { status, stderr } = await runCommand('mount', words, LIMIT_MS);
  return status === 0 ? undefined : stderr === '' ? 'mount failed' : stderr;
}

/** Why it can't; undefined: done. */
async function layOver(
  lower: string,
  view: string,
  upper: string,
  work: string,
): Promise<string | undefined> {
  if (/[:,\\]/.test(lower)) return 'its path has a character that separates the options of a mount';
  if (!statSync(lower).isDirectory()) return 'it is no directory';
  mkdirSync(upper, { mode: 0o755 });
  mkdirSync(work);
  return await mount([
    '-t',
    'overlay',
    '-o',
    `lowerdir=${lower},upperdir=${upper},workdir=${work}`,
    NAME,
    view,
  ]);
}

/** What systemd mounts anew for a unit with a root of its own, and what its private /tmp hides. */
const MADE_ANEW = /^\/(proc|sys|dev|run|tmp|var\/tmp)(\/|$)/;
/** Of containers, and what a look at would mount. */
const LEFT_OUT = new Set(['overlay', 'nsfs', 'autofs']);

function mountsBelowRoot(): string[] {
  const paths = mountPoints()
    .filter(({ path, type }) => path !== '/' && !MADE_ANEW.test(path) && !LEFT_OUT.has(type))
    .map(({ path }) => path);
  return [...new Set(paths)];
}

function mountPoints(): readonly MountPoint[] {
  return parseMountinfo(readFileSync('/proc/self/mountinfo', 'utf8'));
}
