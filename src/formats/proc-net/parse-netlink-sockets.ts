/** Families by number. Source: <linux/netlink.h>. */
const FAMILIES: Readonly<Record<string, string>> = {
  '0': 'route',
  '4': 'sock_diag',
  '6': 'xfrm',
  '7': 'selinux',
  '9': 'audit',
  '10': 'fib_lookup',
  '11': 'connector',
  '12': 'netfilter',
  '15': 'kobject_uevent',
  '16': 'generic',
};

/** The inode of each netlink socket of /proc/PID/net/netlink, with the part of the kernel that it talks to. */
export function parseNetlinkSockets(text: string): { readonly inode: string; readonly family: string }[] {
  return text.split('\n').flatMap((line) => {
    const [, family = '', , , , , , , , inode = ''] = line.trim().split(/\s+/);
    return /^\d+$/.test(inode) ? [{ inode, family: FAMILIES[family] ?? family }] : [];
  });
}
