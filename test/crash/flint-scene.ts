import type { Machine } from '../hosts/machine.ts';
import type { CrashScene } from './crash-scene.ts';
import { OWN_UNITS_LEFT } from './own-units-left.ts';
import { serviceUnit } from './service-unit.ts';

const BEFORE = `cd / && find etc/systemd/system/flint* -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort
  systemctl show flint -p FragmentPath -p DropInPaths -p NeedDaemonReload -p ActiveState -p SubState
  tr '\\0' '\\n' < /proc/$(systemctl show flint -P MainPID)/environ | grep ^FLINT
  ${OWN_UNITS_LEFT}`;

/** A plan that does nothing but run another program: no other step brings the store to the disk. */
export const flintScene: CrashScene = {
  unit: 'flint',
  spec: '/root/flint.yaml',
  words: { apply: 'apply /root/plan.json', rollback: 'rollback flint' },
  editable: '/etc/systemd/system/flint.service',
  install,
  before: BEFORE,
  after: BEFORE.replaceAll(' %T@', ''),
  reset: `systemctl kill --signal=SIGKILL flint; systemctl stop flint
    rm -rf /etc/systemd/system/flint.service.d /etc/systemd/system/*cutover-* /etc/systemd/system/*/cutover-*
    rm -rf /var/lib/cutover /run/cutover /root/crash-kept /root/limits
    systemctl daemon-reload; systemctl reset-failed; systemctl start flint`,
};

async function install(machine: Machine): Promise<void> {
  for (const version of [1, 2]) {
    await machine.writeFile(
      `/opt/flint-${version}/bin/flint`,
      `#!/bin/sh\nFLINT_VERSION=${version} exec sleep infinity\n`,
      0o755,
    );
  }
  await machine.writeFile(
    '/etc/systemd/system/flint.service',
    serviceUnit('A flint', 'ExecStart=/opt/flint-1/bin/flint'),
  );
  await machine.writeFile(
    '/root/flint.yaml',
    `apiVersion: cutover/v1
kind: Replacement
service: flint.service
replacement: { directory: /opt/flint-2, command: bin/flint }
gate: { stable: 0s, timeout: 20s }
`,
  );
  await machine.mustRunShell('systemctl daemon-reload; systemctl enable --quiet --now flint');
}
