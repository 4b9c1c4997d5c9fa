import type { Machine } from '../host/machine.ts';

/** Brings everything in the file systems of some directories to the disk, each once. */
export async function syncFileSystemsOf(machine: Machine, directories: Iterable<string>): Promise<void> {
  const byDevice = new Map<string, string>();
  for (const directory of directories) {
    const device = machine.host.stat(directory)?.identity.split(':')[0] ?? directory;
    if (!byDevice.has(device)) byDevice.set(device, directory);
  }
  for (const directory of byDevice.values()) await machine.files.syncFileSystem(directory);
}
