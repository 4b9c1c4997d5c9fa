import type { Followed, Property, PropertyKind, Values } from '../property.ts';
import { parseUnitName } from '../../unit-name.ts';
import { boolean, booleanOr } from '../kinds/boolean.ts';
import { bindPaths } from '../kinds/bind-paths.ts';
import { temporaryFileSystems } from '../kinds/temporary-file-systems.ts';
import { ALL_CAPABILITIES, addressFamilies, capabilities, namespaces } from '../kinds/sets.ts';
import { environment, environmentNames } from '../kinds/environment.ts';
import { integer } from '../kinds/integer.ts';
import { octalMode } from '../kinds/octal-mode.ts';
import { numbered, oneOf } from '../kinds/one-of.ts';
import { path, simplePath, workingDirectory } from '../kinds/path.ts';
import { RESETS_WHEN_EMPTY, scalar } from '../kinds/scalar.ts';
import { standardStream } from '../kinds/standard-stream.ts';
import { text } from '../kinds/text.ts';
import { timeSpan } from '../kinds/time-span.ts';
import { paths, words } from '../kinds/words.ts';
import { alike, fixed, follows, one } from './define.ts';

const LEVELS = new Map(
  'emerg alert crit err warning notice info debug'.split(' ').map((name, index) => [name, index] as const),
);
const FACILITIES = new Map(
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp'
    .split(' ')
    .map((name, index) => [name, index] as const)
    .concat(Array.from({ length: 8 }, (_, index) => [`local${index}`, 16 + index] as const)),
);
/** Without a class of its own a process has the second. */
const IO_CLASSES = new Map([
  ['none', 2],
  ['0', 2],
  ['realtime', 1],
  ['best-effort', 2],
  ['idle', 3],
]);
const SCHEDULERS = new Map([
  ['other', 0],
  ['fifo', 1],
  ['rr', 2],
  ['batch', 3],
  ['idle', 5],
]);

/** What `DynamicUser=yes` brings along, stronger than any line. Source: unit_patch_contexts() of systemd 252. */
function dynamic(property: Property, forced: (value: string | undefined) => string | undefined): Property {
  return {
    ...property,
    overruled: (value, { property: other }) =>
      other('DynamicUser') === 'yes'
        ? { value: forced(value), rule: 'DynamicUser=yes brings it' }
        : undefined,
  };
}

/** Capabilities that the sandbox takes away. Source: unit_patch_contexts() of systemd 252. */
const TAKEN: readonly (readonly [string, readonly string[]])[] = [
  ['PrivateDevices', ['cap_mknod', 'cap_sys_rawio']],
  ['ProtectKernelModules', ['cap_sys_module']],
  ['ProtectKernelLogs', ['cap_syslog']],
  ['ProtectClock', ['cap_sys_time', 'cap_wake_alarm']],
];

function withoutTaken(value: string | undefined, values: Values): Followed | undefined {
  const takers = TAKEN.filter(([name]) => values.property(name) === 'yes');
  if (takers.length === 0 || value === undefined) return undefined;
  const taken = takers.flatMap(([, capabilities]) => capabilities);
  const left = value.split(' ').filter((capability) => !taken.includes(capability));
  return {
    value: left.length === 0 ? undefined : left.join(' '),
    rule: `${takers.map(([name]) => `${name}=yes`).join(' and ')} take away ${taken.join(' ')}`,
  };
}

const names = words({ read: (word) => word });
/** Source: log_namespace_name_valid() of systemd 252. */
const logNamespace = scalar(
  'a name for a journal of its own',
  (name) => (/^[A-Za-z0-9:_.@-]{1,240}$/.test(name) && !/^\.\.?$/.test(name) ? name : undefined),
  RESETS_WHEN_EMPTY,
);

/** Relative, below /run, /var/lib and so on; what stands behind a colon is a link to it, where there may be one. */
function directories(mayHaveLinks: boolean): PropertyKind {
  return words({
    read: (word) => {
      const [directory = '', link] = word.split(':');
      if (directory.startsWith('/') || (link !== undefined && !mayHaveLinks)) return undefined;
      return simplePath(`/${directory}`)?.slice(1);
    },
    unique: true,
    sorted: true,
  });
}

/** Properties of the processes. Source: systemd.exec(5); EXEC_CONTEXT_CONFIG_ITEMS of systemd 252. */
export const EXEC_PROPERTIES: readonly Property[] = [
  { ...one('Service', 'User', text, fixed(undefined)), overruled: dynamicUser },
  {
    ...one('Service', 'Group', text, fixed(undefined)),
    overruled: dynamicGroup,
  },
  ...alike('Service', text, {
    SyslogIdentifier: undefined,
    PAMName: undefined,
    UtmpIdentifier: undefined,
    SELinuxContext: undefined,
    AppArmorProfile: undefined,
  }),
  one('Service', 'LogNamespace', logNamespace, fixed(undefined)),
  one('Service', 'SupplementaryGroups', names, fixed(undefined)),
  one('Service', 'WorkingDirectory', workingDirectory, fixed(undefined)),
  ...alike('Service', path, {
    RootDirectory: undefined,
    RootImage: undefined,
    TTYPath: undefined,
    NetworkNamespacePath: undefined,
    IPCNamespacePath: undefined,
  }),
  ...alike('Service', boolean, {
    DynamicUser: 'no',
    TTYReset: 'no',
    TTYVHangup: 'no',
    TTYVTDisallocate: 'no',
    SyslogLevelPrefix: 'yes',
    IgnoreSIGPIPE: 'yes',
    CPUSchedulingResetOnFork: 'no',
    PrivateDevices: 'no',
    PrivateNetwork: 'no',
    PrivateUsers: 'no',
    PrivateMounts: 'no',
    PrivateIPC: 'no',
    ProtectClock: 'no',
    ProtectKernelTunables: 'no',
    ProtectKernelModules: 'no',
    ProtectKernelLogs: 'no',
    ProtectControlGroups: 'no',
    ProtectHostname: 'no',
    LockPersonality: 'no',
    MemoryDenyWriteExecute: 'no',
    RestrictRealtime: 'no',
  }),
  one(
    'Service',
    'MountAPIVFS',
    boolean,
    follows(({ property }) => {
      const root = property('RootDirectory') ?? property('RootImage');
      return root === undefined
        ? { value: 'no', rule: `systemd's own default` }
        : { value: 'yes', rule: 'a root directory or image is set' };
    }),
  ),
  ...alike('Service', boolean, {
    PrivateTmp: 'no',
    RemoveIPC: 'no',
    RestrictSUIDSGID: 'no',
    NoNewPrivileges: 'no',
  }).map((property) => dynamic(property, () => 'yes')),
  dynamic(one('Service', 'ProtectSystem', booleanOr('full', 'strict'), fixed('no')), () => 'strict'),
  dynamic(one('Service', 'ProtectHome', booleanOr('read-only', 'tmpfs'), fixed('no')), (value) =>
    value === 'no' ? 'read-only' : value,
  ),
  one('Service', 'RuntimeDirectoryPreserve', booleanOr('restart'), fixed('no')),
  one('Service', 'ProtectProc', oneOf(['default', 'noaccess', 'invisible', 'ptraceable']), fixed('default')),
  one('Service', 'ProcSubset', oneOf(['all', 'pid']), fixed('all')),
  one('Service', 'KeyringMode', oneOf(['inherit', 'private', 'shared']), fixed('private')),
  one('Service', 'UtmpMode', oneOf(['init', 'login', 'user']), fixed('init')),
  one('Service', 'UMask', octalMode, fixed('0022')),
  ...alike('Service', octalMode, {
    RuntimeDirectoryMode: '0755',
    StateDirectoryMode: '0755',
    CacheDirectoryMode: '0755',
    LogsDirectoryMode: '0755',
    ConfigurationDirectoryMode: '0755',
  }).map((property) => ({ ...property, resetBy: [property.name.replace(/Mode$/, '')] })),
  ...alike('Service', directories(true), {
    RuntimeDirectory: undefined,
    StateDirectory: undefined,
    CacheDirectory: undefined,
    LogsDirectory: undefined,
  }),
  one('Service', 'ConfigurationDirectory', directories(false), fixed(undefined)),
  one('Service', 'Nice', integer(-20, 19, RESETS_WHEN_EMPTY), fixed('0')),
  one('Service', 'OOMScoreAdjust', integer(-1000, 1000, RESETS_WHEN_EMPTY), fixed('0')),
  {
    ...one('Service', 'IOSchedulingClass', numbered(IO_CLASSES, RESETS_WHEN_EMPTY, 3), fixed('2')),
    resetBy: ['IOSchedulingPriority'],
  },
  {
    ...one('Service', 'IOSchedulingPriority', integer(0, 7, RESETS_WHEN_EMPTY), fixed('4')),
    resetBy: ['IOSchedulingClass'],
    // No class of its own is best-effort with its own priority: ioprio_normalize() of systemd 252.
    resetByValue: ['none', '0'],
  },
  one('Service', 'CPUSchedulingPolicy', numbered(SCHEDULERS, RESETS_WHEN_EMPTY), fixed('0')),
  one('Service', 'SyslogLevel', numbered(LEVELS, { empty: 'ignored' }, 7), fixed('6')),
  one('Service', 'SyslogFacility', numbered(FACILITIES, { empty: 'ignored' }, 127), fixed('3')),
  one('Service', 'LogLevelMax', numbered(LEVELS, { empty: 'ignored' }, 7), fixed('-1')),
  one('Service', 'LogRateLimitIntervalUSec', timeSpan(), fixed('0'), ['LogRateLimitIntervalSec']),
  one('Service', 'LogRateLimitBurst', integer(0, 2n ** 32n - 1n), fixed('0')),
  one('Service', 'TimeoutCleanUSec', timeSpan(), fixed('infinity'), ['TimeoutCleanSec']),
  {
    ...one('Service', 'StandardInput', standardStream('input'), fixed('null')),
    overruled: (value, { isSet }) =>
      value === 'null' && (isSet('StandardInputText') || isSet('StandardInputData'))
        ? { value: 'data', rule: 'StandardInputText= or StandardInputData= is set' }
        : undefined,
  },
  {
    ...one('Service', 'StandardOutput', standardStream('output'), fixed('inherit')),
    overruled: nothingToInherit,
  },
  {
    ...one('Service', 'StandardError', standardStream('output'), fixed('inherit')),
    overruled: (value, values) =>
      value === 'inherit' && values.written('StandardOutput') === 'inherit' && !isTwoWay(values)
        ? {
            value: values.manager('DefaultStandardError') ?? 'inherit',
            rule: 'DefaultStandardError= of the manager',
          }
        : undefined,
  },
  ...alike('Service', paths, {
    ReadWritePaths: undefined,
    ReadOnlyPaths: undefined,
    InaccessiblePaths: undefined,
    ExecPaths: undefined,
    NoExecPaths: undefined,
  }).map((property) =>
    ['ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths'].includes(property.name)
      ? { ...property, directives: [property.name, property.name.replace('Paths', 'Directories')] }
      : property,
  ),
  one('Service', 'TemporaryFileSystem', temporaryFileSystems, fixed(undefined)),
  ...alike('Service', bindPaths, { BindPaths: undefined, BindReadOnlyPaths: undefined }).map((property) => ({
    ...property,
    resetBy: ['BindPaths', 'BindReadOnlyPaths'].filter((name) => name !== property.name),
  })),
  {
    ...one('Service', 'CapabilityBoundingSet', capabilities('all'), fixed(ALL_CAPABILITIES)),
    overruled: withoutTaken,
  },
  one('Service', 'AmbientCapabilities', capabilities('none'), fixed(undefined)),
  one('Service', 'RestrictNamespaces', namespaces, fixed('no')),
  one('Service', 'RestrictAddressFamilies', addressFamilies, fixed(undefined)),
  one('Service', 'Environment', environment, fixed(undefined)),
  ...alike('Service', environmentNames, { PassEnvironment: undefined, UnsetEnvironment: undefined }),
];

/** Source: unit_patch_contexts() and user_from_unit_name() in src/core/unit.c of systemd 252. */
function dynamicUser(value: string | undefined, { property, unitName }: Values): Followed | undefined {
  if (value !== undefined || property('DynamicUser') !== 'yes') return undefined;
  const { prefix } = parseUnitName(unitName);
  return /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(prefix)
    ? { value: prefix, rule: 'DynamicUser=yes: the user is called as the unit' }
    : {
        value: undefined,
        rule: 'DynamicUser=yes: a name made of a hash, for the unit has no name of a user',
        unknown: 'a name that systemd makes of a hash',
      };
}

function dynamicGroup(value: string | undefined, { property }: Values): Followed | undefined {
  if (value !== undefined || property('DynamicUser') !== 'yes') return undefined;
  const user = property('User');
  const rule = 'DynamicUser=yes: the group is called as the user';
  return user === undefined ? { value: user, rule, unknown: 'the name of the user' } : { value: user, rule };
}

/** Output goes where input comes from only when that can be written to. Source: systemd.exec(5), StandardOutput=. */
function nothingToInherit(value: string | undefined, values: Values): Followed | undefined {
  if (value !== 'inherit' || isTwoWay(values)) return undefined;
  return {
    value: values.manager('DefaultStandardOutput') ?? 'journal',
    rule: 'DefaultStandardOutput= of the manager',
  };
}

function isTwoWay({ property }: Values): boolean {
  return ['tty', 'tty-force', 'tty-fail', 'socket', 'fd'].includes(property('StandardInput') ?? '');
}
