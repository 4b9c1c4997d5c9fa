import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Makes a control group for one machine in every hierarchy, below the group of this process, and returns
 * the directories. Two machines in one group would both keep their services in its system.slice, and each
 * would wait for the other's processes. Where systemd runs the outer machine there are none: nspawn asks it
 * for a scope. The list is kept in the machine's directory, for whoever removes it.
 */
export function makeOwnCgroups(machineDirectory: string): readonly string[] {
  if (existsSync('/run/systemd/system')) return [];
  const directories = ownGroups().map((group) => `${group}/${basename(machineDirectory)}`);
  writeFileSync(`${machineDirectory}/cgroups`, directories.map((directory) => `${directory}\n`).join(''));
  for (const directory of directories) mkdirSync(directory);
  return directories;
}

/** Removes the groups of a machine and what it has left below them; its processes must be gone. */
export function removeOwnCgroups(machineDirectory: string): void {
  const list = `${machineDirectory}/cgroups`;
  if (!existsSync(list)) return;
  const directories = readFileSync(list, 'utf8').split('\n');
  for (const directory of directories) if (existsSync(directory)) removeTree(directory);
}

/** The groups that this process is in, one for each mounted hierarchy: cgroups(7), /proc/pid/cgroup. */
function ownGroups(): readonly string[] {
  const memberships = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  return hierarchies().map(({ mount, controller }) => {
    const membership = memberships.find((line) => line.split(':')[1]?.split(',').includes(controller));
    const group = `${mount}${membership?.split(':')[2] ?? ''}`.replace(/\/$/, '');
    return existsSync(group) ? group : mount;
  });
}

/** The unified hierarchy has no controller's name. A new cpuset group takes no process until given processors:
 * that one is left out, systemd does not use it. */
function hierarchies(): readonly { readonly mount: string; readonly controller: string }[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const [type = '', , options = ''] = after.split(' ');
      const mount = before.split(' ')[4] ?? '';
      if (type === 'cgroup2') return [{ mount, controller: '' }];
      const controller = options.split(',').find((option) => option !== 'rw' && option !== 'xattr');
      if (type !== 'cgroup' || controller === undefined || controller === 'cpuset') return [];
      return [{ mount, controller }];
    });
}

function removeTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(`${directory}/${entry.name}`);
  }
  rmdirSync(directory);
}
