import type { Machine } from '../hosts/machine.ts';
import type { CrashScene } from './crash-scene.ts';
import { serviceUnit } from './service-unit.ts';

const META = '/var/lib/lamp/meta';
/** Where version 1 complains of being started on the state of version 2. */
const COMPLAINTS = '/root/lamp-complaints';

/** Everything that a way back must bring back. */
const BEFORE = `cd / && find etc/lamp etc/systemd/system/lamp* ${META.slice(1)} ! -path etc/lamp -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort
  find etc/lamp etc/systemd/system/lamp* ${META.slice(1)} -type f -exec sha256sum {} + | sort
  getfattr -R -d -h -m - etc/lamp ${META.slice(1)}
  systemctl show lamp -p FragmentPath -p DropInPaths -p EnvironmentFiles -p UnitFileState -p NeedDaemonReload -p ActiveState -p SubState
  tr '\\0' '\\n' < /proc/$(systemctl show lamp -P MainPID)/environ | grep ^LAMP | sort
  cat ${COMPLAINTS} 2>/dev/null || true`;

/** The same without times, which differ from change to change, and without the log, which says how often it started. */
const AFTER = BEFORE.replace(' %T@', '').replace('-type f -exec', '-type f ! -name "log*" -exec');

/**
 * A small service whose state version 2 rewrites so that version 1 refuses it, and a plan that writes files old and
 * new, edits settings, copies state, removes some of it and starts version 2. That version 1 was started on the new state is
 * seen afterwards, whatever else was put right.
 */
export const lampScene: CrashScene = {
  unit: 'lamp',
  spec: '/root/lamp.yaml',
  words: { apply: 'apply /root/plan.json', rollback: 'rollback lamp' },
  editable: '/etc/lamp/wick',
  install,
  before: BEFORE,
  after: AFTER,
  reset: `systemctl kill --signal=SIGKILL lamp; systemctl stop lamp
    rm -rf /var/lib/lamp /etc/lamp /etc/systemd/system/lamp.service.d /run/systemd/system/lamp.service.d
    rm -rf /var/lib/cutover /run/cutover /root/crash-kept /opt/lamp-* /root/limits ${COMPLAINTS}
    cp -aT /root/lamp-etc /etc/lamp; cp -aT /root/lamp-lib /var/lib/lamp; cp -a /root/lamp-opt/* /opt
    cp -aT /root/lamp-unit /etc/systemd/system/lamp.service
    systemctl daemon-reload; systemctl reset-failed; systemctl start lamp`,
};

async function install(machine: Machine): Promise<void> {
  for (const version of ['1', '2'])
    await machine.writeFile(`/opt/lamp-${version}/bin/lamp`, program(version), 0o755);
  await machine.writeFile(
    '/etc/systemd/system/lamp.service',
    serviceUnit(
      'A lamp',
      'EnvironmentFile=/etc/lamp/common',
      'EnvironmentFile=-/etc/lamp/local',
      'ExecStart=/opt/lamp-1/bin/lamp',
    ),
  );
  await machine.writeFile(
    '/root/lamp.yaml',
    `apiVersion: cutover/v1
kind: Replacement
service: lamp.service
replacement: { directory: /opt/lamp-2, command: bin/lamp }
settings: { set: { LAMP_COLOUR: red }, unset: [HOME] }
files:
  - { path: /etc/lamp/wick, content: "thin\\n" }
  - { path: /etc/lamp/conf.d/glass, content: "clear\\n" }
state: { snapshot: [${META}], remove: [${META}/latest] }
gate: { stable: 0s, timeout: 20s }
`,
  );
  await machine.mustRunShell(`set -e
    mkdir -p ${META}/keepers /etc/lamp && cd ${META}
    echo 1 > form; echo 'lit by version 1' > log; ln log log-again
    touch keepers/anna; ln -s ${META}/keepers/anna latest
    chown 1234:4321 keepers/anna; chmod 0640 form; mkfifo bell; chmod 0700 keepers
    setfattr -n user.oil -v whale form
    touch -d '1999-12-31 23:59:59.123456789' keepers/anna; touch -h -d '2001-02-03 04:05:06.7' latest
    echo LAMP_COLOUR=white > /etc/lamp/common; echo thick > /etc/lamp/wick; chmod 0600 /etc/lamp/wick
    touch -d '2002-03-04 05:06:07.891011121' /etc/lamp/*
    cp -aT /etc/lamp /root/lamp-etc; cp -aT /var/lib/lamp /root/lamp-lib
    mkdir /root/lamp-opt; cp -a /opt/lamp-* /root/lamp-opt; cp -aT /etc/systemd/system/lamp.service /root/lamp-unit
    systemctl daemon-reload; systemctl enable --quiet --now lamp`);
}

function program(version: string): string {
  const takes = version === '1' ? '' : `echo 2 > ${META}/form; echo 'lit by version 2' >> ${META}/log\n`;
  return `#!/bin/sh
read form < ${META}/form
if [ "$form" -gt ${version} ]; then echo "state of form $form is not for version ${version}" | tee -a ${COMPLAINTS}; exit 1; fi
${takes}export LAMP_VERSION=${version}
exec sleep infinity
`;
}
