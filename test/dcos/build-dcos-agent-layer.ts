import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { mustRun } from '../hosts/run-command.ts';
import { buildMesosStandIns } from '../stand-ins/build.ts';
import { activatePackages } from './activate-packages.ts';
import { copySystemFiles } from './copy-system-files.ts';
import { fixture, packageIds } from './packages.ts';

/**
 * Lays out a DC/OS 1.7 agent node in a directory that does not exist yet: to be laid over the root of a test
 * machine, or to be looked at with --root. With it come the operator's own build of Mesos 1.0.0, a
 * stand-in for the cluster's master and one for Nvidia's driver. Needs root, g++ and libtool.
 */
export async function buildDcosAgentLayer(outputDirectory: string): Promise<void> {
  const standIns = await mkdtemp(`${tmpdir()}/cutover-stand-ins-`);
  try {
    await buildMesosStandIns(standIns);
    await cp(`${fixture}/node`, outputDirectory, { recursive: true });
    await layPackages(outputDirectory, standIns);
    await layStandIns(outputDirectory, standIns);
  } finally {
    await rm(standIns, { recursive: true });
  }
}

async function layPackages(root: string, standIns: string): Promise<void> {
  for (const [name, id] of Object.entries(packageIds)) {
    const home = `${root}/opt/mesosphere/packages/${id}`;
    await cp(`${fixture}/packages/${name}`, home, { recursive: true });
    if (name === 'mesos') await lay(`${standIns}/dcos-mesos`, home);
  }
  await activatePackages(root, Object.values(packageIds), 'slave');
}

async function layStandIns(root: string, standIns: string): Promise<void> {
  await lay(`${standIns}/build`, `${root}/root/repo/mesos/build`);
  await lay(`${standIns}/master`, `${root}/opt/stand-in-mesos-master`);
  await lay(`${standIns}/nvidia/bin`, `${root}/usr/bin`);
  await lay(`${standIns}/nvidia/lib`, `${root}/usr/lib/x86_64-linux-gnu`);
  // A checkout has the modes that its owner's umask left.
  await mustRun(['chmod', '-R', 'u=rwX,go=rX', root]);
  await chmod(`${root}/root`, 0o700);
  await copySystemFiles(
    root,
    ['/bin/sh', '/bin/bash', '/bin/ping'],
    [
      `${standIns}/dcos-mesos/bin/mesos-slave`,
      `${standIns}/build/src/.libs/mesos-agent`,
      `${standIns}/master/bin/mesos-master`,
    ],
  );
  const wants = `${root}/etc/systemd/system/multi-user.target.wants`;
  await mkdir(wants, { recursive: true });
  for (const unit of ['dcos.target', 'stand-in-mesos-master.service']) {
    await symlink(`/etc/systemd/system/${unit}`, `${wants}/${unit}`);
  }
}

/** The links of the stand-ins are relative to where they lie. */
async function lay(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
}
