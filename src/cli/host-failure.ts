import { dirname } from 'node:path/posix';
import type { HostError } from '../host/host.ts';
import { shellWord } from '../text/shell-word.ts';

/** What could not be done with a path, and what is to be done about it where that is evident. */
export function hostFailure(error: HostError): { what: string; next: string | undefined } {
  const { path, deed, message } = error;
  return { what: `${path} can't be ${deed}: ${message.slice(path.length + 2)}`, next: nextAfter(error) };
}

function nextAfter({ path, reason }: HostError): string | undefined {
  const directory = shellWord(dirname(path));
  if (reason === 'full') return `Make room; how full the file system is: df -h ${directory}`;
  if (reason === 'read-only')
    return `Make it writable; which file system it is: findmnt --target ${directory}`;
  return reason === 'denied' && process.getuid?.() !== 0 ? 'Run it as root.' : undefined;
}
