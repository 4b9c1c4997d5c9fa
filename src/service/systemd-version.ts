import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/** The version of the systemd that is installed, by the name of the library that all its programs share: `libsystemd-shared-252.so`. */
export function systemdVersion(host: Host): number | undefined {
  const names = DIRECTORIES.flatMap((directory) => ifReadable(() => host.list(directory)) ?? []);
  const versions = names.flatMap((name) => /^libsystemd-shared-(\d{2,4})\b.*\.so$/.exec(name)?.[1] ?? []);
  return versions.length === 0 ? undefined : Math.max(...versions.map(Number));
}

const DIRECTORIES = [
  '/usr/lib/systemd',
  '/lib/systemd',
  '/usr/lib64/systemd',
  '/usr/lib/x86_64-linux-gnu/systemd',
  '/usr/lib/aarch64-linux-gnu/systemd',
];
