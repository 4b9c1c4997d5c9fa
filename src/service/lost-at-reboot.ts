/** File systems that live in memory. Source: file-hierarchy(7). */
const IN_MEMORY = ['/run', '/var/run', '/dev/shm'];

/** The directory above `path` that every boot begins without; undefined where a file stays. */
export function lostAtReboot(path: string): string | undefined {
  return IN_MEMORY.find((directory) => path.startsWith(`${directory}/`));
}
