import type { Host } from '../../host/host.ts';
import type { PathNote } from '../knowledge.ts';
import { ownerOfUnit } from './owner-of-unit.ts';

const ROOT = '/opt/mesosphere/';
const PACKAGES = `${ROOT}packages/`;

/**
 * Owner by pkgpanda's layout (a file of the install root is a link into `packages/<name>--<id>/`, a unit is one or,
 * from 1.11, a copy), purpose by what reads or writes the path. Source: dcos/dcos, pkgpanda/__init__.py, the units of
 * the packages and packages/mesos/extra of 1.7 to 2.2.
 */
export function noteOnDcosPath(host: Host, path: string): PathNote | undefined {
  const purpose = PURPOSES[path];
  if (purpose !== undefined) return purpose;
  if (path.startsWith(RUN)) return OF_BOOTSTRAP;
  const real = host.realPath(path);
  if (real?.startsWith(PACKAGES) === true) {
    const owner = real.slice(PACKAGES.length).split('/')[0] ?? '';
    return { owner, survives: false, purpose: 'replaced whole when DC/OS is upgraded' };
  }
  const owner = ownerOfUnit(host, path);
  if (owner !== undefined) {
    return { owner, survives: false, purpose: 'copied there by pkgpanda at every activation' };
  }
  if (isExtra(path)) {
    return { survives: false, intended: 'special', purpose: 'a hook for packages of DC/OS Enterprise' };
  }
  if (BUILT_ANEW.some((directory) => path.startsWith(`${ROOT}${directory}/`))) {
    return { survives: false, purpose: 'in a directory that pkgpanda builds anew at every activation' };
  }
  return undefined;
}

const RUN = '/run/dcos/';

/** The directories that an activation replaces. What else lies in the install root stays. */
const BUILT_ANEW = ['active', 'bin', 'etc', 'include', 'lib', 'dcos.target.wants', 'packages'];

function isExtra(path: string): boolean {
  return path.startsWith(`${ROOT}etc/`) && /-extras?(?:\.env)?$/.test(path);
}

const OPERATORS_OWN: PathNote = {
  survives: true,
  intended: 'operator',
  purpose: "the operator's own file; DC/OS never writes it",
};

const OF_PKGPANDA: PathNote = {
  survives: false,
  purpose: 'written by pkgpanda at every activation',
  writer: { program: 'pkgpanda', why: 'gathers what the active packages set, at every activation' },
};

const OF_BOOTSTRAP: PathNote = {
  intended: 'special',
  purpose: 'for what programs of DC/OS leave there at start',
  writer: {
    program: 'bootstrap',
    why: 'prepares the service; the open DC/OS leaves no environment file of its own there, DC/OS Enterprise may',
  },
};

const PURPOSES: Readonly<Record<string, PathNote>> = {
  '/var/lib/dcos/mesos-slave-common': OPERATORS_OWN,
  '/var/lib/dcos/marathon/environment': OPERATORS_OWN,
  '/var/lib/dcos/metronome/environment': OPERATORS_OWN,
  '/etc/mesosphere/mesos/agent.env': OPERATORS_OWN,
  '/etc/mesosphere/mesos/agent-public.env': OPERATORS_OWN,
  '/etc/mesosphere/mesos/master.env': OPERATORS_OWN,
  '/var/lib/dcos/mesos-resources': {
    survives: true,
    intended: 'special',
    purpose: 'made once by make_disk_resources.py from the free space of that moment',
    writer: {
      program: 'make_disk_resources.py',
      variables: ['MESOS_RESOURCES'],
      why: 'makes MESOS_RESOURCES of what the files before say and the free space of the disks; never again while the file exists',
    },
  },
  '/var/lib/dcos/environment.proxy': { survives: true, intended: 'special', purpose: 'meant for proxies' },
  '/opt/mesosphere/etc/proxy.env': { survives: false, intended: 'special', purpose: 'meant for proxies' },
  '/opt/mesosphere/environment': OF_PKGPANDA,
  '/opt/mesosphere/environment.export': OF_PKGPANDA,
  '/opt/mesosphere/active.buildinfo.full.json': OF_PKGPANDA,
  '/opt/mesosphere/etc/dcos-service-configuration.json': OF_PKGPANDA,
};
