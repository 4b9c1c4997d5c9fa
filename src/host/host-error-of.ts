import { existsSync } from 'node:fs';
import { shellWord } from '../text/shell-word.ts';
import { codeOf } from './guarded.ts';
import { type HostDeed, HostError, type HostErrorReason } from './host.ts';

export const OTHER_FILE_SYSTEM = 'it lies in another file system, or in the lower layer of an overlay';

/** Does something that changes what is at `path`; an error of the system becomes a `HostError`. */
export function guardedWrite<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw hostErrorOf(path, error, 'written');
  }
}

/** What the system said when something was to be done with `path`. */
export function hostErrorOf(path: string, error: unknown, deed: HostDeed): HostError {
  const code = codeOf(error);
  const text = TEXTS[code] ?? (code || String(error));
  // Root may change every file but one with such an attribute.
  const isImmutable = code === 'EPERM' && deed === 'written' && existsSync(path);
  const hint = isImmutable ? ` (an immutable file? lsattr ${shellWord(path)})` : '';
  return new HostError(path, REASONS[code] ?? 'io', `${text}${hint}`, deed);
}

const REASONS: Record<string, HostErrorReason> = {
  ENOENT: 'absent',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
};
const TEXTS: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EEXIST: 'already exists',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the quota is used up',
  EROFS: 'the file system is read-only',
  EBUSY: 'in use (a mount point?)',
  ENOTEMPTY: 'the directory is not empty',
  EIO: 'input/output error',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  EXDEV: OTHER_FILE_SYSTEM,
};
