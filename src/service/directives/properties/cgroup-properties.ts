import type { Followed, Property, PropertyKind, Values } from '../property.ts';
import { parseUnitName } from '../../unit-name.ts';
import { boolean, parseBoolean } from '../kinds/boolean.ts';
import { memory } from '../kinds/bytes.ts';
import { integer, parseInteger } from '../kinds/integer.ts';
import { oneOf } from '../kinds/one-of.ts';
import { RESETS_WHEN_EMPTY, scalar } from '../kinds/scalar.ts';
import { timeSpan, showTimeSpan } from '../kinds/time-span.ts';
import { alike, fixed, follows, one } from './define.ts';
import { managerValue } from './system-conf-defaults.ts';

const weight = integer(1, 10_000, RESETS_WHEN_EMPTY);
const cpuWeight: PropertyKind = scalar(
  'a weight from 1 to 10000, or idle',
  (text) => {
    if (text === 'idle') return 'idle';
    const weighs = parseInteger(text);
    return weighs !== undefined && weighs >= 1n && weighs <= 10_000n ? String(weighs) : undefined;
  },
  RESETS_WHEN_EMPTY,
);

/** A percentage with up to two decimals, in permyriads, as time in a second. */
const quota: PropertyKind = scalar(
  'a percentage above 0%',
  (text) => {
    const match = /^(\d+)(?:\.(\d{1,2}))?%$/.exec(text);
    if (match === null) return undefined;
    const permyriad = BigInt(match[1] ?? 0) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
    return permyriad === 0n ? undefined : showTimeSpan((permyriad * 1_000_000n) / 10_000n);
  },
  RESETS_WHEN_EMPTY,
);

const tasks: PropertyKind = scalar(
  'a number of tasks, a percentage or infinity',
  (text) => {
    if (text === 'infinity') return 'infinity';
    if (/^\d+(\.\d{1,2})?%$/.test(text))
      return { unknown: `${text} of the machine's tasks, which no file tells` };
    const number = parseInteger(text);
    return number !== undefined && number > 0n ? String(number) : undefined;
  },
  RESETS_WHEN_EMPTY,
);

/** Properties of the control group. Source: systemd.resource-control(5); src/core/load-fragment.c of systemd 252. */
export const CGROUP_PROPERTIES: readonly Property[] = [
  one(
    'Service',
    'Slice',
    scalar('a slice', (text) => (text.endsWith('.slice') ? text : undefined)),
    follows(ownSlice),
  ),
  one('Service', 'Delegate', scalar('yes, no or controllers', delegated), fixed('no')),
  ...Object.entries({
    CPUAccounting: 'no',
    IOAccounting: 'no',
    BlockIOAccounting: 'no',
    IPAccounting: 'no',
    MemoryAccounting: 'yes',
    TasksAccounting: 'yes',
  }).map(([name, otherwise]) =>
    one('Service', name, boolean, managerValue(`Default${name}`, boolean, otherwise)),
  ),
  ...alike('Service', cpuWeight, { CPUWeight: '[not set]', StartupCPUWeight: '[not set]' }),
  ...alike('Service', weight, { IOWeight: '[not set]', StartupIOWeight: '[not set]' }),
  ...alike('Service', integer(2, 262_144, RESETS_WHEN_EMPTY), {
    CPUShares: '[not set]',
    StartupCPUShares: '[not set]',
  }),
  ...alike('Service', integer(10, 1000, RESETS_WHEN_EMPTY), {
    BlockIOWeight: '[not set]',
    StartupBlockIOWeight: '[not set]',
  }),
  one('Service', 'CPUQuotaPerSecUSec', quota, fixed('infinity'), ['CPUQuota']),
  one('Service', 'CPUQuotaPeriodUSec', timeSpan({ empty: 'reset' }), fixed('infinity'), [
    'CPUQuotaPeriodSec',
  ]),
  ...alike('Service', memory({ zero: 'ignored', infinity: 'infinity' }), {
    MemoryHigh: 'infinity',
    MemoryMax: 'infinity',
    MemoryLimit: 'infinity',
  }),
  one('Service', 'MemorySwapMax', memory({ zero: 'taken', infinity: 'infinity' }), fixed('infinity')),
  one('Service', 'MemoryMin', memory({ zero: 'taken', infinity: '18446744073709551615' }), fixed('0')),
  ...alike('Service', memory({ zero: 'taken', infinity: 'infinity' }), {
    MemoryLow: '0',
    DefaultMemoryMin: '0',
    DefaultMemoryLow: '0',
  }),
  one(
    'Service',
    'TasksMax',
    tasks,
    managerValue('DefaultTasksMax', tasks, {
      unknown: 'systemd works it out from the machine, which no file tells',
    }),
  ),
  {
    ...one('Service', 'DevicePolicy', oneOf(['auto', 'closed', 'strict']), fixed('auto')),
    overruled: (value, { property }) =>
      value === 'auto' && property('PrivateDevices') === 'yes'
        ? { value: 'closed', rule: 'PrivateDevices=yes brings it' }
        : undefined,
  },
  ...alike('Service', oneOf(['auto', 'kill'], RESETS_WHEN_EMPTY), {
    ManagedOOMSwap: 'auto',
    ManagedOOMMemoryPressure: 'auto',
  }),
  one('Service', 'ManagedOOMPreference', oneOf(['none', 'avoid', 'omit']), fixed('none')),
];

/** Instances of a template have a slice of their own. Source: unit_set_default_slice() of systemd 252. */
function ownSlice({ unitName }: Values): Followed {
  const { prefix, instance } = parseUnitName(unitName);
  if (instance === undefined) return { value: 'system.slice', rule: "systemd's own default" };
  const escaped = prefix.replaceAll('-', '\\x2d');
  return { value: `system-${escaped}.slice`, rule: 'the slice of all instances of the template' };
}

/** An empty value delegates too, with no controller. */
function delegated(text: string): string | undefined {
  const value = parseBoolean(text);
  return value === false ? 'no' : 'yes';
}
