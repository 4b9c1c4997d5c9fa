import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mustRun } from './run-command.ts';
import { coverage } from './coverage.ts';

/** Units that are of no use in a container, or leave its state `degraded` there. */
const masked = [
  'dev-hugepages.mount',
  'getty.target',
  'systemd-firstboot.service',
  'systemd-logind.service',
  'systemd-timesyncd.service',
];

/**
 * Generators that would start what the outer machine has in /etc/rc*.d, or that have nothing to do in a container: every
 * `daemon-reload` runs them all.
 */
const maskedGenerators = [
  'systemd-cryptsetup-generator',
  'systemd-debug-generator',
  'systemd-getty-generator',
  'systemd-gpt-auto-generator',
  'systemd-hibernate-resume-generator',
  'systemd-integritysetup-generator',
  'systemd-rc-local-generator',
  'systemd-run-generator',
  'systemd-system-update-generator',
  'systemd-sysv-generator',
  'systemd-veritysetup-generator',
];

/** What belongs to the outer machine alone: its own units and what it enables, its journal, its swaps. */
const hidden = ['etc/systemd/system', 'var/log/journal', 'var/lib/cutover'];

/** Mounts and encrypted disks of the outer machine. */
const emptied = ['etc/fstab', 'etc/crypttab'];

export interface RootContents {
  readonly name: string;
  /** Directories whose trees are laid over the root, later ones over earlier ones. */
  readonly layers: readonly string[];
  /** The checkout whose built command line is `cutover` on the machine. */
  readonly checkout: string;
}

/**
 * Mounts an overlay of the running root at `directory`/root, its upper layer on a tmpfs at `directory`/up,
 * and lays out a small machine in it. Layers are copied in: overlayfs refuses a lower directory that lies
 * inside another one ("overlapping lowerdir path"), and every directory lies inside `/`.
 */
export async function mountMachineRoot(directory: string, contents: RootContents): Promise<string> {
  const root = `${directory}/root`;
  const up = `${directory}/up`;
  // Without a pause: an exit handler finds all of it, or none.
  mkdirSync(root, { recursive: true });
  mkdirSync(up, { recursive: true });
  now('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'cutover-machine', up);
  mkdirSync(`${up}/upper`);
  mkdirSync(`${up}/work`);
  const overlay = `lowerdir=/,upperdir=${up}/upper,workdir=${up}/work`;
  now('mount', '-t', 'overlay', '-o', overlay, 'cutover-machine', root);
  await layOut(root, contents);
  return root;
}

function now(program: string, ...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? stderr.trim()}`);
}

async function layOut(root: string, { name, layers, checkout }: RootContents): Promise<void> {
  for (const path of hidden) {
    if (!existsSync(`${root}/${path}`)) continue;
    await rm(`${root}/${path}`, { recursive: true });
    await mkdir(`${root}/${path}`);
  }
  await Promise.all([
    ...emptied.map((path) => put(root, path, '')),
    ...masked.map((unit) => link(root, `etc/systemd/system/${unit}`, '/dev/null')),
    ...maskedGenerators.map((name) => link(root, `etc/systemd/system-generators/${name}`, '/dev/null')),
    link(root, 'etc/systemd/system/default.target', '/lib/systemd/system/multi-user.target'),
    // An id of its own: without one systemd takes this for a first boot and enables all that is installed.
    put(root, 'etc/machine-id', `${randomBytes(16).toString('hex')}\n`),
    put(root, 'etc/hostname', `${name}\n`),
    put(root, 'usr/local/bin/cutover', launcher(checkout)),
  ]);
  await chmod(`${root}/usr/local/bin/cutover`, 0o755);
  for (const layer of layers) await lay(layer, root);
}

function launcher(checkout: string): string {
  const program = `${coverage ?? `${checkout}/dist`}/cutover.js`;
  return `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
}

async function put(root: string, path: string, text: string): Promise<void> {
  await makeWay(root, path);
  await writeFile(`${root}/${path}`, text);
}

async function link(root: string, path: string, target: string): Promise<void> {
  await makeWay(root, path);
  await symlink(target, `${root}/${path}`);
}

/** A file or link of the outer machine must be replaced, not written through. */
async function makeWay(root: string, path: string): Promise<void> {
  await mkdir(dirname(`${root}/${path}`), { recursive: true });
  await rm(`${root}/${path}`, { force: true });
}

/** Keeps hard links, owners, times, extended attributes and access lists; existing directories stay as they are. */
async function lay(layer: string, root: string): Promise<void> {
  const kept = '--xattrs --acls --numeric-owner';
  const pack = `tar -C "$1" ${kept} -cf - .`;
  const unpack = `tar -C "$2" ${kept} --no-overwrite-dir --keep-directory-symlink -xpf -`;
  await mustRun(['bash', '-o', 'pipefail', '-c', `${pack} | ${unpack}`, 'lay', layer, root]);
}
