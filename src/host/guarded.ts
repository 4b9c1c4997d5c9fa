import { HostError, type HostErrorReason } from './host.ts';

/** Does something with the file at `path`; an error of the system becomes a `HostError`. */
export function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof HostError) throw error;
    const code = codeOf(error);
    throw new HostError(path, REASONS[code] ?? 'io', TEXTS[code] ?? (code || String(error)));
  }
}

/** `ENOENT` and its like; empty for an error that is not the system's. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const REASONS: Record<string, HostErrorReason> = {
  ENOENT: 'absent',
  EACCES: 'denied',
  EPERM: 'denied',
  ELOOP: 'link-loop',
};
const TEXTS: Record<string, string> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EIO: 'input/output error',
};
