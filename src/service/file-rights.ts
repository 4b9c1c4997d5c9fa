import {
  type FileCapabilities,
  parseFileCapabilities,
} from '../formats/file-capabilities/parse-file-capabilities.ts';
import { type Host, HostError } from '../host/host.ts';
import { capabilityNames } from './capability-names.ts';

/** The rights that starting a program's file gives, beside those that the process has. */
export interface FileRights {
  /** It starts as its owner. */
  readonly setUser: number | undefined;
  readonly setGroup: number | undefined;
  readonly capabilities: FileCapabilities | undefined;
  /** Why its capabilities are not known. */
  readonly unknown: string | undefined;
}

/** undefined where there is no such file. */
export function fileRights(host: Host, path: string): FileRights | undefined {
  const facts = host.stat(path);
  if (facts === undefined) return undefined;
  const { mode, uid, gid } = facts;
  const setUser = (mode & 0o4000) === 0 ? undefined : uid;
  // Without the right of the group to execute it, the bit means a kind of lock. Source: bprm_fill_uid() of Linux.
  const setGroup = (mode & 0o2010) === 0o2010 ? gid : undefined;
  try {
    const bytes = host.extendedAttribute(path, 'security.capability');
    const capabilities = bytes === undefined ? undefined : parseFileCapabilities(bytes);
    return { setUser, setGroup, capabilities, unknown: undefined };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { setUser, setGroup, capabilities: undefined, unknown: error.message };
  }
}

/** As getcap(8) prints them: `cap_chown,cap_net_raw=ep`; sets that differ one after the other. */
export function showFileCapabilities({ permitted, inheritable, effective }: FileCapabilities): string {
  const both = permitted & inheritable;
  const e = effective ? 'e' : '';
  const groups: readonly (readonly [bigint, string])[] = [
    [both, `${e}ip`],
    [permitted & ~both, `${e}p`],
    [inheritable & ~both, `${e}i`],
  ];
  return groups
    .filter(([mask]) => mask !== 0n)
    .map(([mask, flags]) => `${capabilityNames(mask).join(',')}=${flags}`)
    .join(' ');
}
