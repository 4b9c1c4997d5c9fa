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
 * stand-in for the cluster's master and one for Nvidia's driver. Needs what canBuildStandIns() asks for.
 */
export async function buildDcosAgentLayer(outputDirectory: string): Promise<void> {
  const standIns = await mkdtemp(`${tmpdir()}/cutover-stand-ins-`);
  try {
    await buildMesosStandIns(standIns);
    await layText(outputDirectory, standIns);
    await layStandIns(outputDirectory, standIns);
  } finally {
    await rm(standIns, { recursive: true });
  }
}

/** The same node with its text alone, to be looked at where the stand-ins cannot be built. Needs nothing. */
export async function buildDcosTextLayer(outputDirectory: string): Promise<void> {
  await layText(outputDirectory, undefined);
}

async function layText(root: string, standIns: string | undefined): Promise<void> {
  await cp(`${fixture}/node`, root, { recursive: true });
  await layPackages(root, standIns);
  const wants = `${root}/etc/systemd/system/multi-user.target.wants`;
  await mkdir(wants, { recursive: true });
  for (const unit of ['dcos.target', 'stand-in-mesos-master.service']) {
    await symlink(`/etc/systemd/system/${unit}`, `${wants}/${unit}`);
  }
}

async function layPackages(root: string, standIns: string | undefined): Promise<void> {
  for (const [name, id] of Object.entries(packageIds)) {
    const home = `${root}/opt/mesosphere/packages/${id}`;
    await cp(`${fixture}/packages/${name}`, home, { recursive: true });
    if (name === 'mesos' && standIns !== undefined) await lay(`${standIns}/dcos-mesos`, home);
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
}

/** The links of the stand-ins are relative to where they lie. */
async function lay(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
}
