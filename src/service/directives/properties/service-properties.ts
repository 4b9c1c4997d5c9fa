import type { Followed, Property, Values } from '../property.ts';
import { boolean } from '../kinds/boolean.ts';
import { integer } from '../kinds/integer.ts';
import { oneOf } from '../kinds/one-of.ts';
import { pidFile } from '../kinds/path.ts';
import { signal } from '../kinds/signal.ts';
import { exitStatuses } from '../kinds/exit-statuses.ts';
import { scalar } from '../kinds/scalar.ts';
import { timeSpan } from '../kinds/time-span.ts';
import { alike, fixed, follows, one } from './define.ts';
import { managerSpan, managerValue } from './system-conf-defaults.ts';

const oomPolicy = oneOf(['continue', 'stop', 'kill']);
/** Source: service_name_is_valid() in src/libsystemd/sd-bus/bus-internal.c of systemd 252. */
const busName = scalar('a name on the bus, such as org.example.Lamp', (name) =>
  name.length < 256 && /^[A-Za-z_-][\w-]*(\.[A-Za-z_-][\w-]*)+$/.test(name) ? name : undefined,
);
const failureMode = oneOf(['terminate', 'abort', 'kill']);
const SERVICE_TYPES = ['simple', 'exec', 'forking', 'oneshot', 'dbus', 'notify', 'idle'];

/** Properties of the service itself. Source: [Service] of load-fragment-gperf.gperf.in of systemd 252; systemd.service(5). */
export const SERVICE_PROPERTIES: readonly Property[] = [
  one(
    'Service',
    'Type',
    oneOf(SERVICE_TYPES),
    follows(({ property, isSet }) => {
      if (property('BusName') !== undefined) return { value: 'dbus', rule: 'BusName= is set' };
      if (!isSet('ExecStart')) return { value: 'oneshot', rule: 'there is no ExecStart=' };
      return { value: 'simple', rule: `systemd's own default` };
    }),
  ),
  one('Service', 'ExitType', oneOf(['main', 'cgroup']), fixed('main')),
  one(
    'Service',
    'Restart',
    oneOf(['no', 'on-success', 'on-failure', 'on-abnormal', 'on-watchdog', 'on-abort', 'always']),
    fixed('no'),
  ),
  {
    ...one('Service', 'NotifyAccess', oneOf(['none', 'main', 'exec', 'all']), fixed('none')),
    overruled: needsNotifications,
  },
  one('Service', 'WatchdogUSec', timeSpan(), fixed('0'), ['WatchdogSec']),
  one('Service', 'RestartUSec', timeSpan(), managerSpan('DefaultRestartSec', '100ms'), ['RestartSec']),
  one(
    'Service',
    'TimeoutStartUSec',
    timeSpan({ zero: 'infinity' }),
    follows((values) =>
      values.property('Type') === 'oneshot'
        ? { value: 'infinity', rule: 'Type=oneshot has no time-out' }
        : managerSpan('DefaultTimeoutStartSec', '1min 30s').from(values),
    ),
    ['TimeoutStartSec', 'TimeoutSec'],
  ),
  one(
    'Service',
    'TimeoutStopUSec',
    timeSpan({ zero: 'infinity' }),
    managerSpan('DefaultTimeoutStopSec', '1min 30s'),
    ['TimeoutStopSec', 'TimeoutSec'],
  ),
  {
    ...one(
      'Service',
      'TimeoutAbortUSec',
      // An empty line leaves no time-out of its own, not that of the manager.
      timeSpan({ empty: 'unset' }),
      managerValue('DefaultTimeoutAbortSec', timeSpan(), undefined),
      ['TimeoutAbortSec'],
    ),
    overruled: (value, { property }) =>
      value === undefined ? { value: property('TimeoutStopUSec'), rule: 'as TimeoutStopSec=' } : undefined,
  },
  ...alike('Service', failureMode, {
    TimeoutStartFailureMode: 'terminate',
    TimeoutStopFailureMode: 'terminate',
  }),
  one('Service', 'RuntimeMaxUSec', timeSpan(), fixed('infinity'), ['RuntimeMaxSec']),
  one('Service', 'RuntimeRandomizedExtraUSec', timeSpan(), fixed('0'), ['RuntimeRandomizedExtraSec']),
  ...alike('Service', boolean, {
    RootDirectoryStartOnly: 'no',
    RemainAfterExit: 'no',
    GuessMainPID: 'yes',
    NonBlocking: 'no',
  }),
  one('Service', 'FileDescriptorStoreMax', integer(0, 2n ** 32n - 1n), fixed('0')),
  one(
    'Service',
    'OOMPolicy',
    oomPolicy,
    follows((values) =>
      values.property('Delegate') === 'yes'
        ? { value: 'continue', rule: 'Delegate= is set' }
        : managerValue('DefaultOOMPolicy', oomPolicy, 'stop').from(values),
    ),
  ),
  one('Service', 'PIDFile', pidFile, fixed(undefined)),
  one('Service', 'BusName', busName, fixed(undefined)),
  ...alike('Service', exitStatuses, {
    SuccessExitStatus: undefined,
    RestartPreventExitStatus: undefined,
    RestartForceExitStatus: undefined,
  }),
  one('Service', 'KillMode', oneOf(['control-group', 'process', 'mixed', 'none']), fixed('control-group')),
  ...alike('Service', signal, { KillSignal: '15', FinalKillSignal: '9', WatchdogSignal: '6' }),
  one(
    'Service',
    'RestartKillSignal',
    signal,
    follows(({ property }) => ({ value: property('KillSignal'), rule: 'as KillSignal=' })),
  ),
  ...alike('Service', boolean, { SendSIGKILL: 'yes', SendSIGHUP: 'no' }),
];

/** Source: service_add_extras() in src/core/service.c of systemd 252. */
function needsNotifications(value: string | undefined, { property }: Values): Followed | undefined {
  if (value !== 'none') return undefined;
  if (property('Type') === 'notify') return { value: 'main', rule: 'Type=notify needs it' };
  if (property('WatchdogUSec') !== '0') return { value: 'main', rule: 'WatchdogSec= needs it' };
  if (property('FileDescriptorStoreMax') !== '0')
    return { value: 'main', rule: 'FileDescriptorStoreMax= needs it' };
  return undefined;
}
