import { parseBoolean } from './directives/kinds/boolean.ts';
import { dirname } from 'node:path/posix';
import type { FileFacts, Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { passwdEntry } from './passwd-entry.ts';
import type { Service } from './service.ts';
import type { ServiceCommand } from './commands.ts';
import { octalMode } from '../text/octal-mode.ts';

/** Why the user of a service may not execute, or as a script or library read, a file; undefined where nothing says so. */
export type ExecuteAccess = (path: string, need: 'execute' | 'read' | 'both') => string | undefined;

/**
 * By the owners and modes of the file and of the directories on the way. Root, a dynamic user, and a command that
 * systemd runs with full privileges (`+`, `!`) are refused nothing; `!!` does nothing where the kernel has ambient capabilities (4.3). What a group may do is taken for allowed, but for
 * root's: who is in which group is not looked at.
 */
export function executeAccess(host: Host, service: Service, command: ServiceCommand): ExecuteAccess {
  const last = (name: string): string | undefined =>
    service.unit.assignments
      .findLast(({ key, section }) => section === 'Service' && key === name)
      ?.value.toString();
  const name = last('User') ?? '';
  const user = name === '' ? undefined : passwdEntry(host, name);
  const isDynamic = parseBoolean(last('DynamicUser') ?? '') === true;
  if (user === undefined || user.uid === 0 || isDynamic || /[+!]/.test(command.prefixes.replace('!!', '')))
    return () => undefined;
  const groups = `${last('Group') ?? ''} ${last('SupplementaryGroups') ?? ''}`;
  const isInRoots = /(?:^|\s)(?:root|0)(?:\s|$)/.test(groups);
  // Each costs a program that is started.
  const lists = new Map<string, boolean>();
  const mayAt = (at: string, facts: FileFacts, bit: number): boolean => {
    if (may(user, facts, bit, isInRoots)) return true;
    const hasList = lists.get(at) ?? hasAccessList(host, at);
    lists.set(at, hasList);
    return hasList;
  };
  return (path, need) => {
    const real = ifReadable(() => host.realPath(path)) ?? path;
    for (let at = dirname(real); at !== '/'; at = dirname(at)) {
      const facts = ifReadable(() => host.stat(at));
      if (facts !== undefined && !mayAt(at, facts, 0o1))
        return `User=${name} may not enter ${at}, which ${shown(facts)}`;
    }
    const facts = ifReadable(() => host.stat(real));
    if (facts === undefined) return undefined;
    if (need !== 'read' && !mayAt(real, facts, 0o1))
      return `User=${name} may not execute it: it ${shown(facts)}`;
    return need === 'execute' || mayAt(real, facts, 0o4)
      ? undefined
      : `User=${name} may not read it: it ${shown(facts)}`;
  };
}

/** `bit` as for others: 1 to execute, 4 to read. */
function may(
  user: { uid: number; gid: number },
  { mode, uid, gid }: FileFacts,
  bit: number,
  isInRoots: boolean,
): boolean {
  if (uid === user.uid) return (mode & (bit << 6)) !== 0;
  if (gid === user.gid) return (mode & (bit << 3)) !== 0;
  return (mode & (gid === 0 && !isInRoots ? bit : bit | (bit << 3))) !== 0;
}

/** It may give the user more than the mode says. Source: acl(5). */
function hasAccessList(host: Host, path: string): boolean {
  return ifReadable(() => host.extendedAttribute(path, 'system.posix_acl_access')) !== undefined;
}

function shown({ mode, uid, gid }: FileFacts): string {
  return `belongs to ${uid}:${gid} and has the mode ${octalMode(mode)}`;
}
