import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

const installRoot = '/opt/mesosphere';
const systemdDirectory = '/etc/systemd/system';

/**
 * Does to the packages under `root` what pkgpanda's `activate` does on an agent since DC/OS 1.11: every file of
 * bin, etc, include and lib becomes a link straight to its package; units are copied to systemd's directory and
 * wanted by links to the copies; the environment of all is joined.
 */
export function activatePackages(root: string, ids: readonly string[]): void {
  for (const id of ids) {
    const home = `${installRoot}/packages/${id}`;
    for (const name of ['bin', 'etc', 'include', 'lib']) {
      for (const role of ['', '_slave']) linkTree(root, `${home}/${name}${role}`, `${installRoot}/${name}`);
    }
    for (const role of ['', '_slave']) copyUnits(root, `${home}/dcos.target.wants${role}`);
    link(root, home, `${installRoot}/active/${nameOf(id)}`);
  }
  writeEnvironment(root, ids);
  const services = Object.fromEntries(
    ids.flatMap((id) => Object.entries(informationOf(root, id).sysctl ?? {})),
  );
  write(root, `${installRoot}/etc/dcos-service-configuration.json`, { sysctl: services });
  const built = ids.flatMap((id) => {
    const file = `${root}${installRoot}/packages/${id}/buildinfo.full.json`;
    return existsSync(file) ? [[nameOf(id), JSON.parse(readFileSync(file, 'utf8'))]] : [];
  });
  write(root, `${installRoot}/active.buildinfo.full.json`, Object.fromEntries(built));
}

function linkTree(root: string, from: string, to: string): void {
  if (!existsSync(root + from)) return;
  for (const entry of readdirSync(root + from, { withFileTypes: true })) {
    // What lies below lib/python3.* is found over the path of Python, not over links.
    if (entry.name === 'python3.6') continue;
    const [source, target] = [`${from}/${entry.name}`, `${to}/${entry.name}`];
    if (entry.isDirectory()) linkTree(root, source, target);
    else link(root, source, target);
  }
}

function link(root: string, target: string, path: string): void {
  mkdirSync(root + dirname(path), { recursive: true });
  symlinkSync(target, root + path);
}

function copyUnits(root: string, directory: string): void {
  if (!existsSync(root + directory)) return;
  for (const unit of readdirSync(root + directory)) {
    cpSync(`${root}${directory}/${unit}`, `${root}${systemdDirectory}/${unit}`);
    link(root, `${systemdDirectory}/${unit}`, `${systemdDirectory}/dcos.target.wants/${unit}`);
  }
}

function writeEnvironment(root: string, ids: readonly string[]): void {
  const lines = [`LD_LIBRARY_PATH=${installRoot}/lib`, `PATH=${installRoot}/bin:/usr/bin:/bin:/sbin`];
  for (const id of ids) {
    const { environment = {} } = informationOf(root, id);
    const own = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    lines.push('', `# package: ${id}`, ...own);
  }
  const exported = lines.map((line) => (line === '' || line.startsWith('#') ? line : `export ${line}`));
  writeFileSync(`${root}${installRoot}/environment`, `${lines.join('\n')}\n`);
  writeFileSync(`${root}${installRoot}/environment.export`, `${exported.join('\n')}\n`);
}

interface PackageInformation {
  readonly environment?: Readonly<Record<string, string>>;
  readonly sysctl?: Readonly<Record<string, unknown>>;
}

function informationOf(root: string, id: string): PackageInformation {
  const file = `${root}${installRoot}/packages/${id}/pkginfo.json`;
  return JSON.parse(readFileSync(file, 'utf8')) as PackageInformation;
}

function nameOf(id: string): string {
  return id.slice(0, id.indexOf('--'));
}

function write(root: string, path: string, content: unknown): void {
  mkdirSync(root + dirname(path), { recursive: true });
  writeFileSync(root + path, `${JSON.stringify(content, null, 2)}\n`);
}
