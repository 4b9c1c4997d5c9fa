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
  ['MountAPIVFS', 'RootDirectory=/srv', 'yes'],
])('%s after %j', (name, lines, value) => {
  expect(property(name, lines).value).toBe(value);
});

test('a value that systemd ignores says why, and the earlier one stays', () => {
  const { value, steps } = property('Nice', 'Nice=5', 'Nice=20');
  expect(value).toBe('5');
  expect(steps.map(({ assigned }) => assigned)).toEqual([
    { operation: 'set', value: '5' },
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
