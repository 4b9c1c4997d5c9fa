import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { liveHost, RootedHost } from '../host/rooted-host.ts';

/** The host that the command line asks about. */
export function hostOf(flags: { readonly root?: string | undefined }): Host {
  if (flags.root === undefined) return liveHost();
  const root = resolve(flags.root);
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new CouldNotRun(`--root ${flags.root} is not a directory`);
  }
  return root === '/' ? liveHost() : new RootedHost(root);
}
