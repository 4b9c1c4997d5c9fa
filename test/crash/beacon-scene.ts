import type { Machine } from '../hosts/machine.ts';
import type { CrashScene } from './crash-scene.ts';
import { OWN_UNITS_LEFT } from './own-units-left.ts';
import { serviceUnit } from './service-unit.ts';

const HAZE = '/usr/local/lib/libhaze.so.1';
const GLOW = '/usr/local/lib/libglow.so.1';

const BEFORE = `cd / && find etc/beacon etc/systemd/system/beacon* usr/local/lib ! -type d -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort
  sha256sum etc/beacon/* ${HAZE.slice(1)} ${GLOW.slice(1)}
  systemctl show beacon -p FragmentPath -p DropInPaths -p NeedDaemonReload -p ActiveState -p SubState -p BindReadOnlyPaths
  pid=$(systemctl show beacon -P MainPID)
  tr '\\0' '\\n' < /proc/$pid/environ | grep ^BEACON | sort
  sha256sum < /proc/$pid/root${HAZE}; sha256sum < /proc/$pid/root${GLOW}; cat /proc/$pid/root/etc/beacon/lens
  grep -o '/usr/local/lib/lib[^ ]*' /proc/$pid/maps | sort -u
  ${OWN_UNITS_LEFT}`;

/**
 * A service that gets its replacement from an archive, a library for everybody and one for itself alone, and a file of
 * its own view; the replacement is tried before, and the change waits to be confirmed.
 */
export const beaconScene: CrashScene = {
  unit: 'beacon',
  spec: '/root/beacon.yaml',
  words: {
    apply: 'apply /root/plan.json confirm',
    confirm: 'confirm beacon',
    rollback: 'rollback beacon',
  },
  editable: HAZE,
  install,
  before: BEFORE,
  after: BEFORE.replace(' %T@', ''),
  reset: `systemctl kill --signal=SIGKILL beacon; systemctl stop beacon 'cutover-*'
    grep -o '/run/cutover-trial[^ ]*' /proc/self/mountinfo | sort -r | xargs -r -n 1 umount --lazy
    rm -rf /run/cutover-* /run/systemd/system/beacon* /run/systemd/system/cutover-* /etc/systemd/system/*cutover-*
    rm -rf /etc/systemd/system/*/cutover-* /etc/beacon /etc/systemd/system/beacon.service.d
    rm -rf /var/lib/cutover /run/cutover /root/crash-kept /root/limits ${HAZE} ${GLOW} /usr/local/lib/.lib*
    cp -aT /root/beacon-etc /etc/beacon; cp -a /root/beacon-lib/* /usr/local/lib
    systemctl daemon-reload; systemctl reset-failed; systemctl start beacon`,
};

async function install(machine: Machine): Promise<void> {
  await machine.writeFile('/opt/beacon-1/bin/beacon', program(1), 0o755);
  await machine.writeFile('/root/beacon-2/bin/beacon', program(2), 0o755);
  await machine.writeFile(
    '/etc/systemd/system/beacon.service',
    serviceUnit('A beacon', 'Environment=BEACON_COLOUR=white', 'ExecStart=/opt/beacon-1/bin/beacon'),
  );
  await machine.writeFile(
    '/root/beacon.yaml',
    `apiVersion: cutover/v1
kind: Replacement
service: beacon.service
replacement: { archive: /root/beacon-2.tar.gz, command: bin/beacon }
settings: { set: { BEACON_COLOUR: red } }
libraries:
  - { path: ${HAZE}, from: lib/libhaze.so.1, for: everybody }
  - { path: ${GLOW}, from: lib/libglow.so.1 }
files:
  - { path: /etc/beacon/lens, content: "ground\\n", for: service }
trial: yes
gate: { stable: 0s, timeout: 20s }
`,
  );
  await machine.mustRunShell(`set -e
    cd /usr/lib/x86_64-linux-gnu; mkdir -p /etc/beacon /root/beacon-2/lib /root/beacon-lib
    cp -L libz.so.1 ${HAZE}; cp -L libz.so.1 ${GLOW}; chmod 0755 ${HAZE}
    cp -L libbz2.so.1.0 /root/beacon-2/lib/libhaze.so.1; cp -L libbz2.so.1.0 /root/beacon-2/lib/libglow.so.1
    echo cast > /etc/beacon/lens; chmod 0640 /etc/beacon/lens
    ln /root/beacon-2/bin/beacon /root/beacon-2/bin/beacon-again; ln -s bin /root/beacon-2/sbin
    touch -d '2002-03-04 05:06:07.891011121' /etc/beacon/* ${HAZE} ${GLOW}
    cp -aT /etc/beacon /root/beacon-etc; cp -a ${HAZE} ${GLOW} /root/beacon-lib
    tar -C /root/beacon-2 -czf /root/beacon-2.tar.gz .
    systemctl daemon-reload; systemctl enable --quiet --now beacon`);
}

function program(version: number): string {
  return `#!/bin/sh
export BEACON_VERSION=${version}
LD_PRELOAD='${HAZE} ${GLOW}' exec sleep infinity
`;
}
