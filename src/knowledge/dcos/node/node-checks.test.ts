import { expect, test } from 'vitest';
import { rootWith } from '../../../../test/root-with.ts';
import { PlannedHost } from '../../../host/planned-host.ts';
import type { Host } from '../../../host/host.ts';
import { readServiceStart } from '../../../service/read-service-start.ts';
import { loadService } from '../../../service/service.ts';
import type { Examination } from '../../knowledge.ts';
import { dcos } from '../dcos.ts';

const NAME = 'dcos-mesos-slave';
const HOME = '/opt/mesosphere/packages/mesos--41b5';
const UNIT = `${HOME}/dcos.target.wants_slave/${NAME}.service`;
const ENVIRONMENT = '/opt/mesosphere/environment';
const COMMON = '/opt/mesosphere/etc/mesos-slave-common';
const SCRIPT = { text: '#!/bin/sh\n', mode: 0o755 };

/** A node of the role slave with the agent of its package, and who else talks to it. */
const FILES = {
  [`/etc/systemd/system/${NAME}.service`]: `-> ${UNIT}`,
  [UNIT]: `[Service]\nEnvironmentFile=${ENVIRONMENT}\nEnvironmentFile=${COMMON}\nEnvironmentFile=-/var/lib/dcos/mesos-slave-common\nExecStartPre=/bin/ping -c1 leader.mesos\nExecStartPre=${HOME}/bin/make_disk_resources.py /var/lib/dcos/mesos-resources\nExecStart=${HOME}/bin/mesos-agent\n`,
  [ENVIRONMENT]:
    '# Note: Must import LD_LIBRARY_PATH\nLD_LIBRARY_PATH=/opt/mesosphere/lib\n\n# package: java--7a\nJAVA_HOME=/opt/mesosphere/active/java\n\n# package: python--3b\nPYTHONPATH=/opt/mesosphere/lib/python\n',
  [COMMON]: 'MESOS_ISOLATION=cgroups/cpu,com_mesosphere_MetricsIsolatorModule\nMESOS_PORT=5051\n',
  [`${HOME}/bin/mesos-agent`]: SCRIPT,
  [`${HOME}/bin/make_disk_resources.py`]: SCRIPT,
  '/etc/mesosphere/roles/slave': '',
  '/opt/mesosphere/dcos.target.wants/dcos-metrics-agent.service': '[Service]\n',
  '/opt/mesosphere/dcos.target.wants/dcos-vol-discovery-priv-agent.service': `[Service]\nExecStart=${HOME}/bin/make_disk_resources.py\n`,
  '/srv/mesos/bin/mesos-agent': SCRIPT,
} as const;

const SWAP = '[Service]\nExecStart=\nExecStart=/srv/mesos/bin/mesos-agent\n';

function examined(host: Host): Examination {
  const found = dcos.examine?.(readServiceStart(host, loadService(host, NAME)));
  if (found === undefined) throw new Error('no service of DC/OS was recognised');
  return found;
}

/** What one check says when `change` is laid over the node; `own` is the settings file of the operator. */
function said(
  id: string,
  change: Readonly<Record<string, string | undefined>>,
  node: Readonly<Record<string, string>> = {},
): string[] {
  const host = rootWith({ ...FILES, ...node });
  const entries = new Map(
    Object.entries(change).map(([path, content]) => [
      path,
      content === undefined
        ? ({ type: 'absent' } as const)
        : ({ type: 'file', content, mode: 0o644, uid: 0, gid: 0 } as const),
    ]),
  );
  const outcomes = examined(host).compare(examined(new PlannedHost(host, { entries, trees: [] })));
  const outcome = outcomes.find(({ check }) => check.id === id);
  if (outcome?.check.result === 'could-not-run') throw new Error(outcome.check.reason);
  return (outcome?.findings ?? []).map(
    ({ severity, subject, reason }) => `${severity}: ${subject}: ${reason}`,
  );
}

const drop = (text: string): Record<string, string> => ({
  [`/etc/systemd/system/${NAME}.service.d/90-cutover.conf`]: text,
});
const OWN = '/var/lib/dcos/mesos-slave-common';

test('the same agent again has nothing to say', () => {
  const agent = examined(rootWith(FILES));
  expect(agent.compare(agent).flatMap(({ findings }) => findings)).toEqual([]);
});

test('a service that no package of DC/OS brings is none of its own', () => {
  const host = rootWith({ '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/bin/lamp\n' });
  expect(dcos.examine?.(readServiceStart(host, loadService(host, 'lamp')))).toBeUndefined();
});

test('helpers of the package stay behind another program, and who else uses it is named', () => {
  expect(said('dcos-helpers', drop(SWAP))).toEqual([
    'note: mesos--41b5: make_disk_resources.py stays what this package has, made for the program that it brings. dcos-vol-discovery-priv-agent.service uses the package, too.',
  ]);
});

test('a helper that is gone tomorrow ends the start; one whose line is taken out does not', () => {
  const gone = { [`${HOME}/bin/make_disk_resources.py`]: undefined };
  expect(said('dcos-helpers', gone)).toEqual([
    `blocker: ${HOME}/bin/make_disk_resources.py: ExecStartPre= runs it, and it is not there tomorrow: the start ends with 203/EXEC.`,
  ]);
  expect(said('dcos-helpers', { ...gone, ...drop('[Service]\nExecStartPre=\n') })).toEqual([]);
});

test('a unit of a role that the node has not got is taken away by the next activation', () => {
  const other = { '/etc/mesosphere/roles/slave': undefined, '/etc/mesosphere/roles/slave_public': '' };
  expect(said('dcos-package', other)).toEqual([
    'warning: dcos-mesos-slave.service: It is a service of the role slave, and this node has the role slave_public: the next activation takes its unit away.',
  ]);
  expect(said('dcos-package', { '/etc/mesosphere/roles/slave_public': '' })).toEqual([]);
});

test('a replacement that is a package of pkgpanda is not activated', () => {
  const brought = {
    '/srv/mesos/pkginfo.json': '{"environment": {"MESOS_NATIVE_JAVA_LIBRARY": "/srv/mesos/lib/libmesos.so"}}',
    '/srv/mesos/etc_slave/mesos': 'x',
  };
  expect(said('dcos-package', drop(SWAP), brought)).toEqual([
    'note: /srv/mesos: It is a package of pkgpanda, and no activation takes place: nothing of its bin, etc_slave is linked into /opt/mesosphere, and MESOS_NATIVE_JAVA_LIBRARY of its environment will not be set.',
  ]);
  expect(said('dcos-package', drop(SWAP))).toEqual([]);
});

test("another program gets the variables of DC/OS's packages, each named with its package", () => {
  expect(said('dcos-environment', drop(SWAP))).toEqual([
    `note: ${ENVIRONMENT}: /srv/mesos/bin/mesos-agent gets the variables of DC/OS's packages: LD_LIBRARY_PATH (pkgpanda itself), JAVA_HOME (java--7a), PYTHONPATH (python--3b). They lead into packages that it was not made with, and may change at every activation.`,
  ]);
});

test('what is unset is not among them', () => {
  const unset = `${SWAP}UnsetEnvironment=LD_LIBRARY_PATH JAVA_HOME PYTHONPATH\n`;
  expect(said('dcos-environment', drop(unset))).toEqual([]);
});

test('another port is one at which the third parties of the node do not ask', () => {
  expect(said('dcos-third-parties', { [OWN]: 'MESOS_PORT=5052\n' })).toEqual([
    'warning: dcos-metrics-agent.service: It is the metrics of the node and asks the agent for what it and its containers use, at port 5051. The agent listens at 5052 tomorrow.',
  ]);
  expect(said('dcos-third-parties', { [OWN]: 'MESOS_PORT=5051\n' })).toEqual([]);
});

test('a module that somebody lives on and that nothing names any more', () => {
  expect(said('dcos-third-parties', { [OWN]: 'MESOS_ISOLATION=cgroups/cpu\n' })).toEqual([
    'warning: dcos-metrics-agent.service: It is the metrics of the node and lives on the module com_mesosphere_MetricsIsolatorModule, which MESOS_ISOLATION names today and nothing names tomorrow: of tasks that are started then it has nothing.',
  ]);
  const kept = 'MESOS_ISOLATION=cgroups/mem,com_mesosphere_dcos_MetricsIsolatorModule\n';
  expect(said('dcos-third-parties', { [OWN]: kept })).toEqual([]);
});

test('another program has those named that are to be looked at; a node without any has none', () => {
  expect(said('dcos-third-parties', drop(SWAP))).toEqual([
    'note: What else talks to the agent: dcos-metrics-agent.service, the metrics of the node (what it and its containers use).',
  ]);
  const alone = { '/opt/mesosphere/dcos.target.wants/dcos-metrics-agent.service': undefined };
  expect(said('dcos-third-parties', { ...drop(SWAP), ...alone })).toEqual([]);
});
