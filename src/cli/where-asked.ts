import { resolve } from 'node:path';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import type { SubjectFlags } from './subject.ts';

/** Where a relative path on the command line begins: on the machine where one is, in a root directory at its top. */
export function whereAsked(
  host: Host,
  { root }: SubjectFlags,
): { readonly directory: string; readonly root?: string } {
  return host.kind === 'live' || root === undefined
    ? { directory: process.cwd() }
    : { directory: '/', root: resolve(root) };
}

/** A path of the command line, as seen inside of the host. Throws `CouldNotRun` for an empty one, which an unset variable leaves. */
export function pathAsked(host: Host, flags: SubjectFlags, path: string): string {
  if (path === '')
    throw new CouldNotRun('a path on the command line is empty', {
      why: 'It would stand for the working directory.',
      next: 'Is a variable of the shell unset? Write . for the working directory.',
    });
  return resolve(whereAsked(host, flags).directory, path);
}
