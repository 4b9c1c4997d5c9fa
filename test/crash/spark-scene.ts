import type { Machine } from '../hosts/machine.ts';
import type { CrashScene } from './crash-scene.ts';
import { OWN_UNITS_LEFT } from './own-units-left.ts';
import { serviceUnit } from './service-unit.ts';

const STATE = '/var/lib/spark';
const SHARE = '/usr/local/share/spark';

const BEFORE = `cd / && find ${SHARE.slice(1)} etc/systemd/system/spark* ${STATE.slice(1)} ! -path ${SHARE.slice(1)} -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort
  find ${SHARE.slice(1)} etc/systemd/system/spark* ${STATE.slice(1)} -type f -exec sha256sum {} + | sort
  systemctl show spark -p FragmentPath -p DropInPaths -p NeedDaemonReload -p ActiveState -p SubState
  ${OWN_UNITS_LEFT}`;

/**
 * A service that rewrites its state as a file outside of /etc tells it, and a plan that writes that one file: no other
 * step brings to the disk what Cutover has for itself below /etc.
 */
export const sparkScene: CrashScene = {
  unit: 'spark',
  spec: '/root/spark.yaml',
  words: { apply: 'apply /root/plan.json', rollback: 'rollback spark' },
  editable: `${SHARE}/form`,
  install,
  before: BEFORE,
  after: BEFORE.replaceAll(' %T@', ''),
  reset: `systemctl kill --signal=SIGKILL spark; systemctl stop spark
    rm -rf ${STATE} ${SHARE} /etc/systemd/system/spark.service.d /etc/systemd/system/*cutover-*
    rm -rf /etc/systemd/system/*/cutover-* /var/lib/cutover /run/cutover /root/crash-kept /root/limits
    cp -aT /root/spark-share ${SHARE}; cp -aT /root/spark-state ${STATE}
    systemctl daemon-reload; systemctl reset-failed; systemctl start spark`,
};

async function install(machine: Machine): Promise<void> {
  await machine.writeFile(
    '/opt/spark/bin/spark',
    `#!/bin/sh
read form < ${SHARE}/form; read state < ${STATE}/form
if [ "$state" -gt "$form" ]; then echo "state of form $state, not $form" >&2; exit 1; fi
if [ "$state" -lt "$form" ]; then echo "$form" > ${STATE}/form; fi
exec sleep infinity
`,
    0o755,
  );
  await machine.writeFile(
    '/etc/systemd/system/spark.service',
    serviceUnit('A spark', 'ExecStart=/opt/spark/bin/spark'),
  );
  await machine.writeFile(
    '/root/spark.yaml',
    `apiVersion: cutover/v1
kind: Replacement
service: spark.service
files:
  - { path: ${SHARE}/form, content: "2\\n" }
state: { snapshot: [${STATE}] }
gate: { stable: 0s, timeout: 20s }
`,
  );
  await machine.mustRunShell(`set -e
    mkdir -p ${SHARE} ${STATE}; echo 1 > ${SHARE}/form; echo 1 > ${STATE}/form; chmod 0640 ${SHARE}/form
    touch -d '2002-03-04 05:06:07.891011121' ${SHARE}/form ${STATE}/form ${SHARE} ${STATE}
    cp -aT ${SHARE} /root/spark-share; cp -aT ${STATE} /root/spark-state
    systemctl daemon-reload; systemctl enable --quiet --now spark`);
}
