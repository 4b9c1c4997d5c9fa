import type { Host } from '../host/host.ts';
import type { FileCapabilities } from '../formats/file-capabilities/parse-file-capabilities.ts';
import { capabilityNames } from './capability-names.ts';
import type { ServiceCommand } from './commands.ts';
import { parseBoolean } from './directives/kinds/boolean.ts';
import { EffectiveProperties } from './directives/effective-property.ts';
import { fileRights, showFileCapabilities } from './file-rights.ts';
import { groupEntry } from './group-entry.ts';
import type { Launch } from './launch.ts';
import { passwdEntry } from './passwd-entry.ts';
import type { Service } from './service.ts';

/** Whether a program starts with more rights than its process had (AT_SECURE): the loader then heeds little of the environment. */
export type SecureStart =
  | { readonly kind: 'plain' }
  /** `why`, for people: "it is set-user-ID root". */
  | { readonly kind: 'secure'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * A unit's `User=` does not do it: systemd has changed the user before it starts the program. Source: getauxval(3);
 * cap_bprm_creds_from_file() in security/commoncap.c of Linux 6.1.
 */
export function secureStart(
  host: Host,
  service: Service,
  command: ServiceCommand | undefined,
  launch: Pick<Launch, 'program' | 'hops' | 'loader'>,
): SecureStart {
  const path = launch.program;
  const facts = path === undefined ? undefined : host.stat(path);
  // What the loader loads as its argument is mapped, not executed: its file's rights count for nothing.
  if (path === undefined || facts === undefined || launch.loader !== undefined) return { kind: 'plain' };
  const process = new StartingProcess(host, service, command);
  // For root, and where nothing sets a user or group, the attribute decides nothing: it costs a program that is started.
  if (process.isRoot && (facts.mode & 0o6000) === 0) return { kind: 'plain' };
  const rights = fileRights(host, path);
  if (rights === undefined) return { kind: 'plain' };
  const { setUser, setGroup, capabilities, unknown } = rights;
  const changer = launch.hops
    .slice(0, -1)
    .map((hop) => hop.path.slice(hop.path.lastIndexOf('/') + 1))
    .find((name) => CHANGES_USER.has(name));
  const isPlainFile = setUser === undefined && setGroup === undefined && capabilities === undefined;
  if (changer !== undefined && !isPlainFile)
    return {
      kind: 'unknown',
      why: `the file of ${path} has rights of its own, and the user that ${changer} starts it as is not known`,
    };
  if (!process.noNewPrivileges) {
    if (setUser !== undefined && setUser !== process.uid)
      return {
        kind: 'secure',
        why: `it is set-user-ID ${passwdEntry(host, String(setUser))?.name ?? setUser}`,
      };
    if (setGroup !== undefined && setGroup !== process.gid)
      return {
        kind: 'secure',
        why: `it is set-group-ID ${groupEntry(host, String(setGroup))?.name ?? setGroup}`,
      };
  }
  if (process.isRoot) return { kind: 'plain' };
  if (capabilities !== undefined) {
    if (capabilities.effective || process.gains(capabilities))
      return { kind: 'secure', why: `it has the file capabilities ${showFileCapabilities(capabilities)}` };
  }
  return unknown === undefined ? { kind: 'plain' } : { kind: 'unknown', why: unknown };
}

/** Programs that start another as a user that they are told. */
export const CHANGES_USER: ReadonlySet<string> = new Set(
  'su runuser sudo setpriv chroot systemd-run gosu su-exec setuidgid s6-setuidgid start-stop-daemon unshare'.split(
    ' ',
  ),
);

/** What systemd gives the process before it starts the program. */
class StartingProcess {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly noNewPrivileges: boolean;
  readonly #properties: EffectiveProperties;

  constructor(host: Host, service: Service, command: ServiceCommand | undefined) {
    this.#properties = new EffectiveProperties(host, service.unit, () => undefined);
    const value = (name: string): string | undefined => this.#properties.get(name)?.value;
    const keepsUser = /[+!]/.test(command?.prefixes.replaceAll('!!', '') ?? '');
    const user = keepsUser ? undefined : value('User');
    const entry = passwdEntry(host, user ?? 'root');
    const group = keepsUser ? undefined : value('Group');
    this.uid = entry?.uid ?? numberIn(user);
    this.gid = group === undefined ? entry?.gid : (groupEntry(host, group)?.gid ?? numberIn(group));
    this.noNewPrivileges = value('NoNewPrivileges') === 'yes' || (!this.isRoot && filtersCalls(service));
  }

  get isRoot(): boolean {
    return this.uid === 0;
  }

  /** A file with capabilities takes the ambient ones away first, so that what it gives back counts as gained. */
  gains({ permitted, inheritable }: FileCapabilities): boolean {
    const within = (name: string): readonly string[] => (this.#properties.get(name)?.value ?? '').split(' ');
    const [bounding, ambient] = [within('CapabilityBoundingSet'), within('AmbientCapabilities')];
    const gained = [
      ...capabilityNames(permitted).filter((name) => bounding.includes(name)),
      ...capabilityNames(inheritable).filter((name) => ambient.includes(name)),
    ];
    return gained.some((name) => !this.noNewPrivileges || ambient.includes(name));
  }
}

/** By a filter of system calls, which a process that is not root's may only have when it can gain no privileges. */
function filtersCalls({ unit }: Service): boolean {
  return FILTERS.some((directive) => {
    const last = unit.assignments.findLast(({ section, key }) => section === 'Service' && key === directive);
    return last !== undefined && last.value.length > 0 && parseBoolean(last.value.toString()) !== false;
  });
}

/** Source: context_has_no_new_privileges() in src/core/execute.c of systemd 252. */
const FILTERS = [
  'LockPersonality',
  'MemoryDenyWriteExecute',
  'PrivateDevices',
  'ProtectClock',
  'ProtectHostname',
  'ProtectKernelTunables',
  'ProtectKernelModules',
  'ProtectKernelLogs',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'RestrictRealtime',
  'RestrictSUIDSGID',
  'SystemCallFilter',
  'SystemCallArchitectures',
  'SystemCallLog',
];

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
