import { readdirSync, readFileSync } from 'node:fs';

/**
 * The first processes (PID 1 inside) of machines whose root lies under `directory`, as numbered outside.
 * Found by their mounts, so that they are found too when the process that started them is dead.
 */
export function findInits(directory: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isFirstInside(pid) && hasRootUnder(pid, directory))
    .map(Number);
}

/** NSpid lists the process's number in each nested PID namespace: proc(5). */
function isFirstInside(pid: string): boolean {
  return /^NSpid:\t\d+\t(?:\d+\t)*1$/m.test(read(`/proc/${pid}/status`));
}

function hasRootUnder(pid: string, directory: string): boolean {
  return read(`/proc/${pid}/mountinfo`)
    .split('\n')
    .some((line) => line.split(' ')[4] === '/' && line.includes(`upperdir=${directory}/`));
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
