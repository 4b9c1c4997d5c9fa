import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';
import { accountLines } from './account-lines.ts';

interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly place: Place;
}

/** A group by name or number, from /etc/group; undefined for one that is not there. */
export function groupEntry(host: Host, group: string): GroupEntry | undefined {
  return groups(host).find(({ name, gid }) => name === group || String(gid) === group);
}

/** The groups that name a user as a member: they come with it, beside its primary one. Source: initgroups(3). */
export function groupsWithMember(host: Host, user: string): readonly GroupEntry[] {
  return groups(host).filter(({ members }) => members.includes(user));
}

function groups(host: Host): (GroupEntry & { readonly members: readonly string[] })[] {
  return accountLines(host, '/etc/group').flatMap(({ fields, place }) => {
    const [name, , gid, members = ''] = fields;
    if (name === undefined || name === '' || gid === undefined) return [];
    return [{ name, gid: Number(gid), place, members: members.split(',') }];
  });
}
