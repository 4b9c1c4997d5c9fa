import { spawnSync } from 'node:child_process';
import { isInstalled } from '../hosts/is-installed.ts';

export type CanBuild = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const packageOf: Readonly<Record<string, string>> = {
  'g++': 'g++',
  libtool: 'libtool-bin',
  unshare: 'util-linux',
  mount: 'mount',
};

/** Whether the stand-ins can be built here: the programs are there, and a directory can be mounted. */
export function canBuildStandIns(): CanBuild {
  const missing = Object.keys(packageOf).filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    const packages = missing.map((program) => packageOf[program]).join(' ');
    return no(`missing ${missing.join(', ')} (Debian: apt-get install ${packages})`);
  }
  const [program, ...words] = [...inMountNamespace(), 'mount', '-t', 'tmpfs', 'tmpfs', '/root'];
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  return status === 0
    ? { ok: true }
    : no(`this user may not mount, in no namespace either: ${stderr.trim()}`);
}

/** The words that make the command after them run where this user may mount, unseen by anyone else. */
export function inMountNamespace(): readonly [string, ...string[]] {
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...asRoot, '--mount'];
}

function no(reason: string): CanBuild {
  return { ok: false, reason };
}
