import type { Assigned, PropertyKind } from '../property.ts';
import { parseBoolean } from './boolean.ts';
import { wordsOf } from './words.ts';

const CAPABILITIES =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'
    .split(' ')
    .map((name) => `cap_${name}`);

/** What a line makes of a set: what it does, and the set as `systemctl show` prints it. */
type Made = readonly [assigned: Assigned, value?: string | undefined];

/** A set of few members is small enough to be made anew by each line. */
function set(assign: (before: string | undefined, text: string) => Made): PropertyKind {
  return {
    accumulates: true,
    begin: (initial) => {
      let value = initial;
      return {
        assign(text): Assigned {
          const [assigned, made] = assign(value, text);
          if (assigned.operation !== 'ignored') value = made;
          return assigned;
        },
        shown: () => value,
      };
    },
  };
}

const RESET: Made = [{ operation: 'reset' }];

function replaced(value: string | undefined): Made {
  return [{ operation: 'set', discards: true }, value];
}

function ignored(reason: string): Made {
  return [{ operation: 'ignored', reason }];
}

/** The value of every capability. */
export const ALL_CAPABILITIES = CAPABILITIES.join(' ');

/**
 * A set of capabilities: lines add to it, `~` takes away (from all of them where nothing was set before), an
 * empty line leaves none. Source: config_parse_capability_set() and capability_set_to_string() of systemd 252.
 */
export function capabilities(initially: 'all' | 'none'): PropertyKind {
  return set((before, text) => {
    if (text === '') return replaced(undefined);
    const inverted = text.startsWith('~');
    const named = wordsOf(inverted ? text.slice(1) : text)
      .map((word) => word.toLowerCase())
      .filter((word) => CAPABILITIES.includes(word));
    if (named.length === 0) return replaced(inverted ? ALL_CAPABILITIES : undefined);
    const isFirst = before === (initially === 'all' ? ALL_CAPABILITIES : undefined);
    const earlier = isFirst ? (inverted ? CAPABILITIES : []) : (before ?? '').split(' ');
    const left = inverted
      ? earlier.filter((capability) => !named.includes(capability))
      : CAPABILITIES.filter((capability) => earlier.includes(capability) || named.includes(capability));
    return [{ operation: isFirst ? 'set' : 'append' }, left.length === 0 ? undefined : left.join(' ')];
  });
}

const NAMESPACES = ['cgroup', 'ipc', 'net', 'mnt', 'pid', 'user', 'uts'];

/** Namespaces that may not be entered or made: none (`no`), all (`yes`), or those left that may. */
export const namespaces: PropertyKind = set((before, text) => {
  if (text === '') return RESET;
  const boolean = parseBoolean(text);
  if (boolean !== undefined) return replaced(boolean ? 'yes' : 'no');
  const inverted = text.startsWith('~');
  const named = wordsOf(inverted ? text.slice(1) : text);
  const unknown = named.find((name) => !NAMESPACES.includes(name));
  if (unknown !== undefined) return ignored(`'${unknown}' is no kind of namespace`);
  const earlier =
    before === undefined || before === 'no' ? undefined : before === 'yes' ? [] : before.split(' ');
  const left =
    earlier === undefined
      ? NAMESPACES.filter((name) => named.includes(name) !== inverted)
      : NAMESPACES.filter((name) =>
          inverted
            ? earlier.includes(name) && !named.includes(name)
            : earlier.includes(name) || named.includes(name),
        );
  const value = left.length === 0 ? 'yes' : left.length === NAMESPACES.length ? 'no' : left.join(' ');
  return [{ operation: earlier === undefined ? 'set' : 'append' }, value];
});

/** Address families of Linux. Source: <sys/socket.h> of glibc 2.36. */
const FAMILIES = new Set(
  'UNIX INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY KEY NETLINK PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP'
    .split(' ')
    .map((name) => `AF_${name}`),
);
/** Other names of one number in <sys/socket.h>. */
const SAME_FAMILY: ReadonlyMap<string, string> = new Map([
  ['AF_LOCAL', 'AF_UNIX'],
  ['AF_FILE', 'AF_UNIX'],
  ['AF_ROUTE', 'AF_NETLINK'],
]);

/** Address families, sorted; a list that begins with `~` forbids. Source: config_parse_address_families() of systemd 252. */
export const addressFamilies: PropertyKind = {
  accumulates: true,
  begin: () => {
    let families: Set<string> | undefined;
    let forbids = false;
    let isNone = false;
    return {
      assign(text): Assigned {
        if (text === '') return { operation: 'reset' };
        isNone = text === 'none';
        if (isNone) {
          families = undefined;
          return { operation: 'set', discards: true };
        }
        const inverted = text.startsWith('~');
        const operation = families === undefined ? 'set' : 'append';
        if (families === undefined) forbids = inverted;
        families ??= new Set();
        for (const family of familiesIn(inverted ? text.slice(1) : text)) {
          if (forbids === inverted) families.add(family);
          else families.delete(family);
        }
        return { operation };
      },
      shown: () => {
        if (families === undefined) return isNone ? '' : undefined;
        if (families.size === 0) return forbids ? undefined : '';
        return `${forbids ? '~' : ''}${[...families].sort().join(' ')}`;
      },
    };
  },
};

function familiesIn(text: string): string[] {
  return wordsOf(text)
    .map((word) => SAME_FAMILY.get(word) ?? word)
    .filter((word) => FAMILIES.has(word));
}
