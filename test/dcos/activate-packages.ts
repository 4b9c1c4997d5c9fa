import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const installRoot = '/opt/mesosphere';
const systemdDirectory = '/etc/systemd/system';

/**
 * Does to the packages under `root` what pkgpanda's `activate` does on DC/OS 1.7: every file of bin, etc,
 * include and lib, and every unit, becomes a link straight to its package; the environment of all is joined.
 * `role` picks the directories that are linked beside the plain ones, like etc_slave.
 */
export async function activatePackages(root: string, ids: readonly string[], role: string): Promise<void> {
  const links = new Links(root);
  for (const id of ids) {
    const home = `${installRoot}/packages/${id}`;
    for (const name of ['bin', 'etc', 'include', 'lib']) {
      await links.tree(`${home}/${name}`, `${installRoot}/${name}`);
      await links.tree(`${home}/${name}_${role}`, `${installRoot}/${name}`);
    }
    for (const wants of ['dcos.target.wants', `dcos.target.wants_${role}`]) {
      await links.tree(`${home}/${wants}`, `${systemdDirectory}/dcos.target.wants`);
      await links.tree(`${home}/${wants}`, systemdDirectory);
    }
    await links.one(home, `${installRoot}/active/${nameOf(id)}`);
  }
  await writeEnvironment(root, ids);
  await writeBuildInformation(root, ids);
}

class Links {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async tree(from: string, to: string): Promise<void> {
    if (!existsSync(this.#root + from)) return;
    for (const entry of await readdir(this.#root + from, { withFileTypes: true })) {
      const [source, link] = [`${from}/${entry.name}`, `${to}/${entry.name}`];
      await (entry.isDirectory() ? this.tree(source, link) : this.one(source, link));
    }
  }

  async one(target: string, link: string): Promise<void> {
    await mkdir(this.#root + dirname(link), { recursive: true });
    await symlink(target, this.#root + link);
  }
}

async function writeEnvironment(root: string, ids: readonly string[]): Promise<void> {
  const lines = [`LD_LIBRARY_PATH=${installRoot}/lib`, `PATH=${installRoot}/bin:/usr/bin:/bin:/sbin`];
  for (const id of ids) {
    const { environment = {} } = await readJson<{ environment?: Record<string, string> }>(
      `${root}${installRoot}/packages/${id}/pkginfo.json`,
    );
    lines.push(
      '',
      `# package: ${id}`,
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    );
  }
  const exported = lines.map((line) => (line === '' || line.startsWith('#') ? line : `export ${line}`));
  await writeFile(`${root}${installRoot}/environment`, `${lines.join('\n')}\n`);
  await writeFile(`${root}${installRoot}/environment.export`, `${exported.join('\n')}\n`);
}

/** Packages that were built have it; those made from an operator's config have not. */
async function writeBuildInformation(root: string, ids: readonly string[]): Promise<void> {
  const built: Record<string, unknown> = {};
  for (const id of ids) {
    const file = `${root}${installRoot}/packages/${id}/buildinfo.full.json`;
    if (existsSync(file)) built[nameOf(id)] = await readJson<unknown>(file);
  }
  await writeFile(`${root}${installRoot}/active.buildinfo.full.json`, `${JSON.stringify(built, null, 2)}\n`);
}

function nameOf(id: string): string {
  return id.slice(0, id.indexOf('--'));
}

async function readJson<Shape>(file: string): Promise<Shape> {
  return JSON.parse(await readFile(file, 'utf8')) as Shape;
}
