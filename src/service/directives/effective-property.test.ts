import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { loadUnit } from '../load-unit.ts';
import { EffectiveProperties, type EffectiveProperty } from './effective-property.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';

/** Each text is a file: the unit's own lines of [Service], then those of its drop-ins. */
function property(name: string, own: string, ...dropIns: readonly string[]): EffectiveProperty {
  const files: Record<string, string> = { [UNIT]: `[Service]\nExecStart=/usr/bin/lamp\n${own}\n` };
  for (const [index, text] of dropIns.entries()) files[`${UNIT}.d/${index}.conf`] = `[Service]\n${text}\n`;
  const host = rootWith(files);
  const effective = new EffectiveProperties(host, loadUnit(host, 'lighthouse'), () => undefined).get(name);
  if (effective === undefined) throw new Error(`${name} is not modelled`);
  return effective;
}

/** What systemd 252 shows for these lines, seen with `systemctl show`. */
test.each([
  ['RestartUSec', 'RestartSec=1.5s', '1.500000s'],
  ['RestartUSec', 'RestartSec=60.5', '1min 500ms'],
  ['RestartUSec', 'RestartSec=3y 2month', '3y 2month'],
  ['RestartUSec', 'RestartSec=5\nRestartSec=', '5s'],
  ['TimeoutStartUSec', 'TimeoutStartSec=0', 'infinity'],
  ['TimeoutStartUSec', 'Type=oneshot', 'infinity'],
  ['TimeoutAbortUSec', 'TimeoutStopSec=5', '5s'],
  ['TimeoutAbortUSec', 'TimeoutAbortSec=7\nTimeoutAbortSec=', '1min 30s'],
  ['StartLimitIntervalUSec', 'StartLimitInterval=0', '0'],
  ['StartLimitIntervalUSec', 'StartLimitIntervalSec=0', '10s'],
  ['RemainAfterExit', 'RemainAfterExit=TRUE', 'yes'],
  ['RemainAfterExit', 'RemainAfterExit=maybe', 'no'],
  ['Restart', 'Restart=always\nRestart=', 'always'],
  ['Nice', 'Nice=5\nNice=', '0'],
  ['UMask', 'UMask=77', '0077'],
  ['MemoryMax', 'MemoryMax=1T 2', '1099511627778'],
  ['MemoryMax', 'MemoryMax=0', 'infinity'],
  ['MemoryMin', 'MemoryMin=infinity', '18446744073709551615'],
  ['CPUQuotaPerSecUSec', 'CPUQuota=150%', '1.500000s'],
  ['LimitNOFILE', 'LimitNOFILE=100:200', '200'],
  ['LimitNOFILESoft', 'LimitNOFILE=100:200', '100'],
  ['LimitNICE', 'LimitNICE=-5', '25'],
  ['LimitCPU', 'LimitCPU=500ms', '1'],
  ['KillSignal', 'KillSignal=RTMIN+3', '37'],
  ['RestartKillSignal', 'KillSignal=INT', '2'],
  ['NotifyAccess', 'Type=notify\nNotifyAccess=none', 'main'],
  ['StandardOutput', 'StandardOutput=inherit', 'journal'],
  ['StandardOutput', 'StandardInput=tty', 'inherit'],
  ['SuccessExitStatus', 'SuccessExitStatus=SIGKILL 3', '3 KILL'],
  ['WorkingDirectory', 'WorkingDirectory=-/a//b/', '!/a/b'],
  ['PIDFile', 'PIDFile=/var/run/lamp.pid', '/run/lamp.pid'],
  ['BindPaths', 'BindPaths=/a /b:/c:norbind', '/a:/a:rbind /b:/c'],
  ['BindPaths', 'BindPaths=/a\nBindReadOnlyPaths=', undefined],
  ['LogsDirectory', 'LogsDirectory=lamp\nLogsDirectory=5', '5 lamp'],
  ['RuntimeDirectoryMode', 'RuntimeDirectoryMode=0700\nRuntimeDirectory=', '0755'],
  ['IOSchedulingPriority', 'IOSchedulingPriority=7\nIOSchedulingClass=', '4'],
  ['IOSchedulingPriority', 'IOSchedulingPriority=7\nIOSchedulingClass=none', '4'],
  ['IOSchedulingPriority', 'IOSchedulingClass=none\nIOSchedulingPriority=7', '7'],
  [
    'CapabilityBoundingSet',
    'CapabilityBoundingSet=CAP_CHOWN\nCapabilityBoundingSet=CAP_KILL',
    'cap_chown cap_kill',
  ],
  ['CapabilityBoundingSet', 'CapabilityBoundingSet=', undefined],
  ['RestrictNamespaces', 'RestrictNamespaces=~user', 'cgroup ipc net mnt pid uts'],
  ['RestrictAddressFamilies', 'RestrictAddressFamilies=none\nRestrictAddressFamilies=~AF_UNIX', '~AF_UNIX'],
  ['Environment', "Environment=A='x y' B=$c", '"A=x y" "B=\\$c"'],
  ['Environment', 'Environment=A=b\nEnvironment=B=d\nEnvironment=A=c', 'A=c B=d'],
  ['OOMPolicy', 'Delegate=', 'continue'],
  ['DevicePolicy', 'PrivateDevices=yes', 'closed'],
  ['ProtectHome', 'DynamicUser=yes', 'read-only'],
  ['StartLimitBurst', 'StartLimitBurst=9', '9'],
  ['StartLimitIntervalUSec', 'StartLimitIntervalSec=30', '10s'],
  ['StandardInput', 'StandardInput=null\nStandardInputText=abc', 'data'],
  ['BusName', 'BusName=lamp', undefined],
  ['ConfigurationDirectory', 'ConfigurationDirectory=lamp:light', undefined],
  ['MemoryLow', 'MemoryLow=infinity', 'infinity'],
  ['User', 'DynamicUser=yes', 'lighthouse'],
  ['Group', 'DynamicUser=yes\nUser=keeper', 'keeper'],
  ['RuntimeDirectory', 'RuntimeDirectory=lamp/', 'lamp'],
  ['RestrictAddressFamilies', 'RestrictAddressFamilies=AF_LOCAL AF_ROUTE AF_UNIX', 'AF_NETLINK AF_UNIX'],
  ['RestrictAddressFamilies', 'RestrictAddressFamilies=~AF_LAMP\nRestrictAddressFamilies=AF_UNIX', undefined],
  [
    'RestrictAddressFamilies',
    'RestrictAddressFamilies=AF_UNIX\nRestrictAddressFamilies=~AF_UNIX\nRestrictAddressFamilies=~AF_INET',
    '',
  ],
  ['MountAPIVFS', 'RootDirectory=/srv', 'yes'],
])('%s after %j', (name, lines, value) => {
  expect(property(name, lines).value).toBe(value);
});

test.each([
  ['TimeoutStartUSec', '', { DefaultTimeoutStartSec: '45' }, '45s'],
  ['TimeoutAbortUSec', '', { DefaultTimeoutAbortSec: '20' }, '20s'],
  ['TimeoutAbortUSec', 'TimeoutAbortSec=', { DefaultTimeoutAbortSec: '20' }, '1min 30s'],
  ['LimitNOFILESoft', '', { DefaultLimitNOFILE: '1024:4096' }, '1024'],
  ['StandardError', '', { DefaultStandardError: 'tty' }, 'tty'],
  ['StandardError', 'StandardOutput=journal', { DefaultStandardError: 'tty' }, 'inherit'],
  ['OOMPolicy', '', { DefaultOOMPolicy: 'continue' }, 'continue'],
])('%s after %j with %j in system.conf', (name, lines, manager: Readonly<Record<string, string>>, value) => {
  const host = rootWith({ [UNIT]: `[Service]\nExecStart=/usr/bin/lamp\n${lines}\n` });
  const properties = new EffectiveProperties(
    host,
    loadUnit(host, 'lighthouse'),
    (setting) => manager[setting],
  );
  expect(properties.get(name)?.value).toBe(value);
});

test('an instance of a template is in the slice of all instances', () => {
  const host = rootWith({ '/etc/systemd/system/fog-horn@.service': '[Service]\nExecStart=/usr/bin/horn\n' });
  const properties = new EffectiveProperties(host, loadUnit(host, 'fog-horn@east'), () => undefined);
  expect(properties.get('Slice')?.value).toBe('system-fog\\x2dhorn.slice');
});

test('a value that systemd ignores says why, and the earlier one stays', () => {
  const { value, steps } = property('Nice', 'Nice=5', 'Nice=20');
  expect(value).toBe('5');
  expect(steps.map(({ assigned }) => assigned)).toEqual([
    { operation: 'set' },
    { operation: 'ignored', reason: "'20' is not a whole number from -20 to 19" },
  ]);
});

test('what follows from another directive says so', () => {
  expect(property('TimeoutStartUSec', 'Type=oneshot').rule).toBe('Type=oneshot has no time-out');
  expect(property('PrivateTmp', 'PrivateTmp=no\nDynamicUser=yes').rule).toBe('DynamicUser=yes brings it');
});

test('of a drop-in with a line that systemd refuses, what stands behind it is lost', () => {
  expect(property('Nice', '', 'DynamicUser=perhaps\nNice=5').value).toBe('0');
});

test.each([
  ['RestartUSec', 'RestartSec=5constructor', '100ms'],
  ['RestartUSec', 'RestartSec=5 toString', '100ms'],
  ['SuccessExitStatus', 'SuccessExitStatus=constructor 3', '3'],
  ['MemoryMax', 'MemoryMax=5__proto__', 'infinity'],
  ['IOSchedulingClass', 'IOSchedulingClass=constructor', '2'],
  ['RestrictAddressFamilies', 'RestrictAddressFamilies=AF_UNIX constructor AF_LAMP', 'AF_UNIX'],
  ['Restart', 'Restart=valueOf', 'no'],
])(
  'a word that every object of JavaScript knows is no word of systemd: %s after %j',
  (name, lines, value) => {
    expect(property(name, lines).value).toBe(value);
  },
);

test.each([
  ['BindPaths', (index: number) => `/lamp/${index}`],
  ['LogsDirectory', (index: number) => `lamp/${index}`],
  ['Environment', (index: number) => `LAMP_${index}=on`],
  ['SupplementaryGroups', (index: number) => `lamps${index}`],
])('a line of %s= keeps what it does, not all that stands before it', (name, word) => {
  const words = Array.from({ length: 2000 }, (_, index) => word(index));
  const { value, steps } = property(name, words.map((one) => `${name}=${one}`).join('\n'));
  expect(value?.split(' ')).toHaveLength(words.length);
  const kept = JSON.stringify(steps.map(({ assigned }) => assigned)).length;
  expect(kept / steps.length).toBeLessThan(30);
});

test.each([
  ['MemoryMax', 'MemoryMax=50%', "50% of the machine's memory, which no file tells"],
  ['TasksMax', 'TasksMax=20%', "20% of the machine's tasks, which no file tells"],
  ['TasksMax', '', 'systemd works it out from the machine, which no file tells'],
  ['LimitNOFILE', '', 'systemd takes it over from the machine, which no file tells'],
  ['MemoryMax', 'MemoryMax=50%\nMemoryMax=1G', undefined],
  ['MemoryMax', 'MemoryMax=50%\nMemoryMax=', undefined],
])('%s after %j has no value on files alone', (name, lines, unknown) => {
  const effective = property(name, lines);
  expect(effective.unknown).toBe(unknown);
  if (unknown !== undefined) expect(effective.value).toBeUndefined();
});

test('a percentage in system.conf is no value either', () => {
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/usr/bin/lamp\n' });
  const properties = new EffectiveProperties(host, loadUnit(host, 'lighthouse'), () => '15%');
  const { value, rule, unknown } = properties.get('TasksMax') ?? {};
  expect([value, rule, unknown]).toEqual([
    undefined,
    "DefaultTasksMax= of the manager: 15% of the machine's tasks, which no file tells",
    "15% of the machine's tasks, which no file tells",
  ]);
});
