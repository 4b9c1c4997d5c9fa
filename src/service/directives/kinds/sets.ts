import type { Assigned, PropertyKind } from '../property.ts';
import { parseBoolean } from './boolean.ts';
import { wordsOf } from './words.ts';

const CAPABILITIES =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'
    .split(' ')
    .map((name) => `cap_${name}`);

/**
 * A set of capabilities: lines add to it, `~` takes away (from all of them where nothing was set before), an
 * empty line leaves none. `whole` is the set of every capability. Source: config_parse_capability_set() and
 * capability_set_to_string() of systemd 252.
 */
export function capabilities(initially: 'all' | 'none'): PropertyKind & { readonly whole: string } {
  const whole = CAPABILITIES.join(' ');
  return {
    whole,
    assign(before, text): Assigned {
      if (text === '') return { operation: 'set', value: undefined };
      const inverted = text.startsWith('~');
      const named = wordsOf(inverted ? text.slice(1) : text)
        .map((word) => word.toLowerCase())
        .filter((word) => CAPABILITIES.includes(word));
      if (named.length === 0) return { operation: 'set', value: inverted ? whole : undefined };
      const isFirst = initially === 'all' ? before === whole : before === undefined;
      const earlier = isFirst ? (inverted ? CAPABILITIES : []) : (before ?? '').split(' ');
      const set = inverted
        ? earlier.filter((capability) => !named.includes(capability))
        : CAPABILITIES.filter((capability) => earlier.includes(capability) || named.includes(capability));
      return { operation: isFirst ? 'set' : 'append', value: set.length === 0 ? undefined : set.join(' ') };
    },
  };
}

const NAMESPACES = ['cgroup', 'ipc', 'net', 'mnt', 'pid', 'user', 'uts'];

/** Namespaces that may not be entered or made: none (`no`), all (`yes`), or those left that may. */
export const namespaces: PropertyKind = {
  assign(before, text): Assigned {
    if (text === '') return { operation: 'reset' };
    const boolean = parseBoolean(text);
    if (boolean !== undefined) return { operation: 'set', value: boolean ? 'yes' : 'no' };
    const inverted = text.startsWith('~');
    const named = wordsOf(inverted ? text.slice(1) : text);
    const unknown = named.find((name) => !NAMESPACES.includes(name));
    if (unknown !== undefined)
      return { operation: 'ignored', reason: `'${unknown}' is no kind of namespace` };
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
    return { operation: earlier === undefined ? 'set' : 'append', value };
  },
};

/** Address families, sorted; a list that begins with `~` forbids. */
export const addressFamilies: PropertyKind = {
  assign(before, text): Assigned {
    if (text === '') return { operation: 'reset' };
    if (text === 'none') return { operation: 'set', value: '' };
    const inverted = text.startsWith('~');
    const named = wordsOf(inverted ? text.slice(1) : text).filter((word) => /^AF_[A-Z0-9]+$/.test(word));
    const forbids = before === undefined || before === '' ? inverted : before.startsWith('~');
    const earlier = (before ?? '')
      .replace(/^~/, '')
      .split(' ')
      .filter((word) => word !== '');
    const isAdded = forbids === inverted;
    const set = isAdded
      ? [...new Set([...earlier, ...named])]
      : earlier.filter((family) => !named.includes(family));
    const value = `${forbids ? '~' : ''}${set.sort().join(' ')}`;
    return { operation: before === undefined ? 'set' : 'append', value: value === '~' ? undefined : value };
  },
};
