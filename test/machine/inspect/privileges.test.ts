// Whether a program starts with more rights than its process had, and what its loader makes of LD_LIBRARY_PATH then: as the
// kernel tells the process (AT_SECURE) and as the process has it mapped.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWholeGraph } from '../../../src/graph/build-graph.ts';
import { Subject } from '../../../src/graph/subject.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const BUILD = `
set -e
mkdir -p /opt/a /opt/b; cd /opt
echo 'int wick(void) { return 1; }' > wick.c
echo 'int wick(void); int pause(void); int main(void) { for (; wick();) pause(); }' > lamp.c
gcc -shared -fPIC -Wl,-soname,libwick.so -o a/libwick.so wick.c
cp a/libwick.so b/
gcc -o lamp lamp.c -La -lwick -Wl,--enable-new-dtags,-rpath,/opt/a
`;

/** Each a filter of system calls. */
const FILTERS = [
  'LockPersonality=yes',
  'MemoryDenyWriteExecute=yes',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectKernelTunables=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelLogs=yes',
  'RestrictAddressFamilies=AF_UNIX',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'SystemCallFilter=@system-service',
  'SystemCallArchitectures=native',
  'SystemCallLog=mount',
];

/** The lines of [Service], what is done to the program's file, and the AT_SECURE of its process. */
const CASES: readonly (readonly [name: string, lines: string, change: string, secure: boolean])[] = [
  ['root', '', ':', false],
  ['root-set-user', '', 'chmod u+s $1', false],
  ['root-set-other-user', '', 'chown nobody $1; chmod u+s $1', true],
  ['root-capable', '', 'setcap cap_net_raw=ep $1', false],
  ['user', 'User=nobody', ':', false],
  ['user-set-user', 'User=nobody', 'chmod u+s $1', true],
  ['user-set-group', 'User=nobody', 'chgrp adm $1; chmod g+s $1', true],
  ['user-set-own-group', 'User=nobody\nGroup=adm', 'chgrp adm $1; chmod g+s $1', false],
  ['user-lock', 'User=nobody', 'chgrp adm $1; chmod g+s,g-x $1', false],
  ['user-held', 'User=nobody\nNoNewPrivileges=yes', 'chmod u+s $1', false],
  ['user-capable', 'User=nobody', 'setcap cap_net_raw,cap_chown=ep $1', true],
  ['user-may-be-capable', 'User=nobody', 'setcap cap_net_raw=p $1', true],
  ['user-capable-anyway', 'User=nobody\nAmbientCapabilities=CAP_NET_RAW', 'setcap cap_net_raw=p $1', true],
  [
    'user-held-capable-anyway',
    'User=nobody\nNoNewPrivileges=yes\nAmbientCapabilities=CAP_NET_RAW',
    'setcap cap_net_raw=p $1',
    true,
  ],
  ['user-inherits', 'User=nobody\nAmbientCapabilities=CAP_NET_RAW', 'setcap cap_net_raw=i $1', true],
  ['user-bounded', 'User=nobody\nCapabilityBoundingSet=CAP_CHOWN', 'setcap cap_net_raw=p $1', false],
  ['user-held-may-be-capable', 'User=nobody\nNoNewPrivileges=yes', 'setcap cap_net_raw=p $1', false],
  ['user-held-capable', 'User=nobody\nNoNewPrivileges=yes', 'setcap cap_net_raw=ep $1', true],
  ['user-inheritable', 'User=nobody', 'setcap cap_net_raw=i $1', false],
  ...FILTERS.map(
    (line) => [`user-${line.split('=')[0]}`, `User=nobody\n${line}`, 'chmod u+s $1', false] as const,
  ),
  ['user-no-filter', 'User=nobody\nRestrictSUIDSGID=no\nLockPersonality=', 'chmod u+s $1', true],
  [
    'user-may-administrate',
    'User=nobody\nLockPersonality=yes\nAmbientCapabilities=CAP_SYS_ADMIN',
    'chmod u+s $1',
    false,
  ],
  ['root-filter', 'LockPersonality=yes', 'chown nobody $1; chmod u+s $1', true],
  ['user-kept', 'User=nobody\nExecStart=\nExecStart=!/opt/lamp-user-kept', 'chmod u+s $1', false],
  ['user-kept-whole', 'User=nobody\nExecStart=\nExecStart=+/opt/lamp-user-kept-whole', 'chmod u+s $1', false],
];

describeOnMachine('programs with rights of their own', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'privileges' });
    const services = CASES.map(
      ([name, lines, change]) => `
cp lamp lamp-${name}; set -- /opt/lamp-${name}; ${change}
printf '[Service]\\nExecStart=/opt/lamp-${name}\\nEnvironment=LD_LIBRARY_PATH=/opt/b\\n${lines.replaceAll('\n', '\\n')}\\n' > /etc/systemd/system/${name}.service`,
    );
    const names = CASES.map(([name]) => name).join(' ');
    await machine.mustRunShell(
      `${BUILD}${services.join('')}\nsystemctl daemon-reload; systemctl start ${names}; sleep 0.3`,
    );
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  test.each(CASES)('%s', async (name, _lines, _change, secure) => {
    const pid = (await machine.mustRunShell(`systemctl show -P MainPID ${name}`)).trim();
    const auxv = readFileSync(`${machine.view}/proc/${pid}/auxv`);
    const maps = await machine.mustRunShell(`grep -o '/opt/.*libwick.so$' /proc/${pid}/maps | head -1`);
    const graph = buildWholeGraph(new Subject(new RootedHost(machine.view), name, { knowledge: [] }));
    const program = graph.nodes.get(`program:/opt/lamp-${name}`);
    const found = [...graph.nodes.keys()].find((id) => id.endsWith('/libwick.so'));
    expect([atSecure(auxv), program?.attributes['AT_SECURE'] !== undefined]).toEqual([secure, secure]);
    expect(found).toBe(`library:${maps.trim()}`);
    const said = (await machine.mustRunShell(`getcap /opt/lamp-${name}`)).trim().split(' ')[1];
    expect(program?.attributes['file capabilities']).toBe(said);
  });
});

/** Source: getauxval(3); pairs of a kind and a value, 8 bytes each. */
function atSecure(auxv: Buffer): boolean | undefined {
  for (let at = 0; at + 16 <= auxv.length; at += 16)
    if (auxv.readBigUInt64LE(at) === 23n) return auxv.readBigUInt64LE(at + 8) !== 0n;
  return undefined;
}
