import type { EntryState } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import { fileDigest } from './file-digest.ts';

/** What stands at `path` itself, links not followed; with `listing`, a directory's names as well. */
export function entryState(host: Host, path: string, listing = false): EntryState {
  const facts = host.lstat(path);
  if (facts === undefined) return { type: 'absent' };
  const { mode, uid, gid } = facts;
  switch (facts.type) {
    case 'link':
      return { type: 'link', target: host.readLink(path) };
    case 'directory':
      return {
        type: 'directory',
        mode,
        uid,
        gid,
        ...(listing ? { names: [...(host.list(path) ?? [])] } : {}),
      };
    case 'file':
      return { type: 'file', sha256: fileDigest(host, path), size: facts.size, mode, uid, gid };
    case 'other':
      return { type: 'other' };
  }
}
