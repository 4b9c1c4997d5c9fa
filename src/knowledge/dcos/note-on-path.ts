import type { Host } from '../../host/host.ts';
import type { PathNote } from '../knowledge.ts';

const PACKAGES = '/opt/mesosphere/packages/';

/**
 * Owner by pkgpanda's layout (a file of the install root is a link into `packages/<name>--<id>/`), purpose by
 * what reads or writes the path. Source: dcos/dcos, pkgpanda/__init__.py and packages/mesos/extra of 1.7 to 2.2.
 */
export function noteOnDcosPath(host: Host, path: string): PathNote | undefined {
  const purpose = PURPOSES[path];
  if (purpose !== undefined) return purpose;
  const real = host.realPath(path);
  if (real?.startsWith(PACKAGES) === true) {
    const owner = real.slice(PACKAGES.length).split('/')[0] ?? '';
    return { owner, survives: false, purpose: 'replaced whole when DC/OS is upgraded' };
  }
  if (path.startsWith('/opt/mesosphere/')) {
    return { survives: false, purpose: 'written by pkgpanda at every activation' };
  }
  return undefined;
}

const PURPOSES: Readonly<Record<string, PathNote>> = {
  '/var/lib/dcos/mesos-slave-common': {
    survives: true,
    intended: 'operator',
    purpose: "the operator's own file; DC/OS never writes it",
  },
  '/etc/mesosphere/mesos/agent.env': {
    survives: true,
    intended: 'operator',
    purpose: "the operator's own file; DC/OS never writes it",
  },
  '/var/lib/dcos/mesos-resources': {
    survives: true,
    intended: 'special',
    purpose: 'made once by make_disk_resources.py from the free space of that moment',
  },
  '/var/lib/dcos/environment.proxy': { survives: true, intended: 'special', purpose: 'meant for proxies' },
  '/opt/mesosphere/etc/proxy.env': { survives: false, intended: 'special', purpose: 'meant for proxies' },
  '/opt/mesosphere/etc/mesos-slave-common-extras': {
    survives: false,
    intended: 'special',
    purpose: 'a hook for packages of DC/OS Enterprise',
  },
};
