import { resolve } from 'node:path';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { parseSpec } from '../plan/parse-spec.ts';
import type { Spec } from '../plan/spec.ts';

/** The spec that `--with PATH` and `--run COMMAND` stand for: a program, or a directory and what to start in it. */
export function specOfProgram(host: Host, service: string, path: string, run: string | undefined): Spec {
  const absolute = host.kind === 'live' ? resolve(path) : path;
  const type = host.stat(absolute)?.type;
  if (type === undefined) throw new CouldNotRun(`--with ${path}: there is no such file or directory`);
  if (type === 'file') {
    const cut = absolute.lastIndexOf('/');
    return spec(service, absolute.slice(0, cut) || '/', run ?? absolute.slice(cut + 1));
  }
  if (run === undefined) {
    throw new CouldNotRun(`--with ${path} is a directory: what shall be started in it?`, {
      next: `cutover check ${service} --with ${path} --run bin/PROGRAM`,
    });
  }
  return spec(service, absolute, run);
}

function spec(service: string, directory: string, command: string): Spec {
  const text = JSON.stringify({
    apiVersion: 'cutover/v1',
    kind: 'Replacement',
    service,
    replacement: { directory, command },
  });
  return parseSpec('--with', text);
}
