import type { Property } from '../property.ts';
import { boolean } from '../kinds/boolean.ts';
import { integer } from '../kinds/integer.ts';
import { oneOf } from '../kinds/one-of.ts';
import { RESETS_WHEN_EMPTY } from '../kinds/scalar.ts';
import { text } from '../kinds/text.ts';
import { timeSpan } from '../kinds/time-span.ts';
import { words } from '../kinds/words.ts';
import { alike, fixed, follows, one } from './define.ts';
import { managerSpan, managerValue } from './system-conf-defaults.ts';

const LARGEST_UNSIGNED = 2n ** 32n - 1n;

const jobMode = oneOf([
  'fail',
  'replace',
  'replace-irreversibly',
  'isolate',
  'flush',
  'ignore-dependencies',
  'ignore-requirements',
  'triggering',
]);

const action = oneOf([
  'none',
  'reboot',
  'reboot-force',
  'reboot-immediate',
  'poweroff',
  'poweroff-force',
  'poweroff-immediate',
  'exit',
  'exit-force',
]);

/** Documentation= takes URIs only. Source: documentation_url_is_valid() of systemd 252. */
const documentation = words({
  read: (word) => (/^(https?:\/\/|file:\/|info:|man:)./.test(word) ? word : undefined),
});

/** Directives that were in [Service] before systemd 229 and 230; there they count still. */
const SINCE_MOVED: readonly Property[] = [
  ...alike('Unit', action, { FailureAction: 'none', StartLimitAction: 'none' }),
  ...alike('Unit', text, { RebootArgument: undefined }),
  one('Unit', 'StartLimitIntervalUSec', timeSpan(), managerSpan('DefaultStartLimitIntervalSec', '10s'), [
    'StartLimitIntervalSec',
    'StartLimitInterval',
  ]),
  one(
    'Unit',
    'StartLimitBurst',
    integer(0, LARGEST_UNSIGNED),
    managerValue('DefaultStartLimitBurst', integer(0, LARGEST_UNSIGNED), '5'),
  ),
].map((property) => ({
  ...property,
  formerlyInService: [
    'FailureAction',
    'RebootArgument',
    'StartLimitAction',
    'StartLimitBurst',
    'StartLimitInterval',
  ],
}));

/** Properties of every unit. Source: [Unit] in src/core/load-fragment-gperf.gperf.in of systemd 252; systemd.unit(5). */
export const UNIT_PROPERTIES: readonly Property[] = [
  ...SINCE_MOVED,
  ...alike('Unit', boolean, {
    StopWhenUnneeded: 'no',
    RefuseManualStart: 'no',
    RefuseManualStop: 'no',
    AllowIsolate: 'no',
    DefaultDependencies: 'yes',
    IgnoreOnIsolate: 'no',
  }),
  ...alike('Unit', jobMode, { OnSuccessJobMode: 'fail', OnFailureJobMode: 'replace' }),
  ...alike('Unit', action, { SuccessAction: 'none', JobTimeoutAction: 'none' }),
  ...alike('Unit', integer(0, 255, RESETS_WHEN_EMPTY), {
    FailureActionExitStatus: undefined,
    SuccessActionExitStatus: undefined,
  }),
  ...alike('Unit', text, { JobTimeoutRebootArgument: undefined }),
  one('Unit', 'Documentation', documentation, fixed(undefined)),
  one('Unit', 'CollectMode', oneOf(['inactive', 'inactive-or-failed']), fixed('inactive')),
  one('Unit', 'JobTimeoutUSec', timeSpan({ zero: 'infinity' }), fixed('infinity'), ['JobTimeoutSec']),
  one(
    'Unit',
    'JobRunningTimeoutUSec',
    timeSpan({ zero: 'infinity' }),
    follows(({ property }) => ({ value: property('JobTimeoutUSec'), rule: 'as JobTimeoutSec=' })),
    ['JobRunningTimeoutSec'],
  ),
];
