// Builds the programs that stand in for Mesos on the test machines: DC/OS's package of 0.28.1, a
// self-built tree of 1.0.0, a master, and Nvidia's library. What is built is described in README.md.
//
// The tree is linked by the real libtool, which bakes absolute paths in. It is therefore built where
// it will live, /root/repo/mesos/build, in a mount namespace of its own: root's, or that of a user namespace.

import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { canBuildStandIns, inMountNamespace } from './can-build.ts';

const sources = fileURLToPath(new URL('./mesos/', import.meta.url));
const home = '/root/repo/mesos/build';

interface Release {
  readonly version: string;
  readonly major: number;
}
const dcos: Release = { version: '0.28.1', major: 0 };
const upstream: Release = { version: '1.0.0', major: 1 };

const helpers = [
  'mesos-containerizer',
  'mesos-docker-executor',
  'mesos-executor',
  'mesos-fetcher',
  'mesos-health-check',
  'mesos-logrotate-logger',
  'mesos-usage',
];
const driverPrograms = [
  'nvidia-cuda-mps-control',
  'nvidia-cuda-mps-server',
  'nvidia-debugdump',
  'nvidia-persistenced',
  'nvidia-smi',
];

/** Leaves dcos-mesos/, build/, master/ and nvidia/ in `outputDirectory`; throws with the reason where it cannot. */
export async function buildMesosStandIns(outputDirectory: string): Promise<void> {
  const possible = canBuildStandIns();
  if (!possible.ok) throw new Error(`The stand-ins for Mesos cannot be built: ${possible.reason}`);
  const scratch = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  try {
    const objects = await compileShared(scratch);
    await twoAtATime([
      () => buildPackage(scratch, objects),
      () => buildTree(scratch, objects),
      () => buildMaster(scratch, objects),
      () => buildDriver(scratch),
    ]);
    await mkdir(outputDirectory, { recursive: true });
    for (const part of ['dcos-mesos', 'build', 'master', 'nvidia']) {
      await rm(join(outputDirectory, part), { recursive: true, force: true });
      await cp(join(scratch, part), join(outputDirectory, part), { recursive: true, verbatimSymlinks: true });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Objects {
  readonly shared: readonly string[];
  readonly agent: readonly string[];
  readonly master: readonly string[];
}

/** Everything that is the same in both releases. */
async function compileShared(scratch: string): Promise<Objects> {
  const objects = { shared: [] as string[], agent: [] as string[], master: [] as string[] };
  const directory = join(scratch, 'objects');
  await mkdir(directory);
  const tasks: (() => Promise<void>)[] = [];
  for (const part of ['agent', 'shared', 'master'] as const) {
    for (const file of await readdir(join(sources, part))) {
      if (!file.endsWith('.cpp') || file === 'version.cpp') continue;
      const object = join(directory, `${part}-${basename(file, '.cpp')}.o`);
      objects[part].push(object);
      tasks.push(() => compile(join(part, file), object));
    }
  }
  await twoAtATime(tasks);
  return objects;
}

async function buildPackage(scratch: string, objects: Objects): Promise<void> {
  const root = join(scratch, 'dcos-mesos');
  const lib = join(root, 'lib');
  await mkdir(join(root, 'bin'), { recursive: true });
  await mkdir(lib);
  const version = join(scratch, 'objects', 'version-dcos.o');
  await compile('agent/version.cpp', version, dcos);
  const libmesos = await library('libmesos/libmesos.cpp', lib, `libmesos-${dcos.version}.so`);
  await library(
    'modules/logrotate_container_logger.cpp',
    lib,
    `liblogrotate_container_logger-${dcos.version}.so`,
  );
  await library('modules/stats.cpp', lib, 'libstats-slave.so');
  for (const name of ['libmesos', 'liblogrotate_container_logger']) {
    await symlink(`${name}-${dcos.version}.so`, join(lib, `${name}.so`));
  }
  const program = join(root, 'bin', 'mesos-slave');
  await run('g++', [
    '-o',
    program,
    ...objects.agent,
    version,
    ...objects.shared,
    libmesos,
    ...programLibraries,
  ]);
  await scripts(join(root, 'libexec', 'mesos'), helpers, '#!/bin/sh\nexit 0\n');
}

/** Upstream's build tree, placed for the time of linking where its paths say it is. */
async function buildTree(scratch: string, objects: Objects): Promise<void> {
  const root = join(scratch, 'build');
  await mkdir(join(root, 'src'), { recursive: true });
  await cp(sources, join(root, 'source'), { recursive: true });
  for (const object of [...objects.agent, ...objects.shared]) {
    await cp(object, join(root, 'src', basename(object)));
  }
  const names = [...objects.agent, ...objects.shared].map((object) => basename(object)).join(' ');
  const options = compilerOptions(`${home}/source`, upstream).map(shellQuoted).join(' ');
  await inPlace(
    root,
    `cd ${home}/src
    compile() { libtool --quiet --tag=CXX --mode=compile g++ ${options} -O2 -c "$1" -o "$2" -shared; }
    link() { libtool --quiet --tag=CXX --mode=link g++ "$@"; }
    compile ../source/libmesos/libmesos.cpp libmesos.lo
    compile ../source/modules/logrotate_container_logger.cpp logger.lo
    g++ ${options} -c ../source/agent/version.cpp -o version.o
    link -shared -release ${upstream.version} -rpath /usr/local/lib -o libmesos.la libmesos.lo
    link -shared -module -release ${upstream.version} -rpath /usr/local/lib/mesos/modules \\
      -o liblogrotate_container_logger.la logger.lo
    link -o mesos-agent ${names} version.o libmesos.la ${programLibraries.join(' ')}
    rm -rf ../source
    find . \\( -name '*.o' -o -name '*.lo' -o -name '*.la' -o -name '*.lai' \\) -delete`,
  );
  const start = `#!/usr/bin/env bash\n. ${home}/bin/mesos-agent-flags.sh\nexec ${home}/src/mesos-agent "\${@}"\n`;
  await scripts(join(root, 'bin'), ['mesos-slave.sh', 'mesos-agent.sh'], start);
  const native = `${home}/src/.libs/libmesos-${upstream.version}.so`;
  await scripts(
    join(root, 'bin'),
    ['mesos-agent-flags.sh'],
    `export MESOS_LAUNCHER_DIR=${home}/src\nexport MESOS_NATIVE_LIBRARY=${native}\nexport MESOS_NATIVE_JAVA_LIBRARY=${native}\n`,
  );
  await scripts(join(root, 'src'), helpers, '#!/bin/sh\nexit 0\n');
}

async function buildMaster(scratch: string, objects: Objects): Promise<void> {
  const program = join(scratch, 'master', 'bin', 'mesos-master');
  await mkdir(dirname(program), { recursive: true });
  await run('g++', ['-o', program, ...objects.master, ...objects.shared, ...programLibraries]);
}

async function buildDriver(scratch: string): Promise<void> {
  const lib = join(scratch, 'nvidia', 'lib');
  await mkdir(lib, { recursive: true });
  await library('nvml/nvml.cpp', lib, 'libnvidia-ml.so.1');
  await scripts(join(scratch, 'nvidia', 'bin'), driverPrograms, '#!/bin/sh\nexit 0\n');
}

const programLibraries = ['-ldl', '-lpthread'];

function compilerOptions(root: string, release?: Release): string[] {
  const options = ['-std=c++17', '-Wall', '-Wextra', '-fPIC', `-I${root}/include`, `-I${root}/shared`];
  if (release) {
    options.push(`-DMESOS_VERSION="${release.version}"`, `-DMESOS_MAJOR_VERSION_NUM=${release.major}`);
  }
  return options;
}

async function compile(source: string, object: string, release?: Release): Promise<void> {
  await run('g++', [...compilerOptions(sources, release), '-c', join(sources, source), '-o', object]);
}

async function library(source: string, directory: string, soname: string): Promise<string> {
  const path = join(directory, soname);
  const options = [...compilerOptions(sources, dcos), '-O2', '-shared', `-Wl,-soname,${soname}`];
  await run('g++', [...options, join(sources, source), '-o', path]);
  return path;
}

async function scripts(directory: string, names: readonly string[], text: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const name of names) {
    await writeFile(join(directory, name), text);
    await chmod(join(directory, name), 0o755);
  }
}

/** Runs `script` with `directory` mounted at `home`, unseen by anyone else. */
async function inPlace(directory: string, script: string): Promise<void> {
  const mounts = `mount --bind ${shellQuoted(directory)} /mnt
    mount -t tmpfs tmpfs /root
    mkdir -p ${home}
    mount --bind /mnt ${home}`;
  const [program, ...words] = inMountNamespace();
  await run(program, [...words, 'sh', '-euc', `${mounts}\n${script}`]);
}

async function run(command: string, words: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(command, words, { maxBuffer: 1 << 24 });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`${command} failed while the stand-ins were built\n${output}`, {
      cause: error,
    });
  }
}

async function twoAtATime(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  await Promise.all([work(), work()]);
}

function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
