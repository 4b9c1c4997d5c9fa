import type { Host } from '../host/host.ts';

/** What a manager of systemd 252 on Debian searches, and passes as PATH when nothing else sets it (DEFAULT_PATH). */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The regular file that `execvp` would start: a name with a slash as it is, another one along PATH. */
export function findProgram(host: Host, name: string, searchPath: string = DEFAULT_PATH): string | undefined {
  const candidates = name.includes('/')
    ? [name]
    : searchPath.split(':').map((directory) => `${directory}/${name}`);
  return candidates.find((path) => path.startsWith('/') && host.stat(path)?.type === 'file');
}
