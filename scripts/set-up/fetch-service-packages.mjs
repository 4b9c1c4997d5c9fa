import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { runStep } from './run-step.mjs';
import { servicePackages } from './service-packages.mjs';

/**
 * Brings the units and settings of Debian packages with services, for the tests that read them on a machine, to a
 * directory under .cache. Nothing is installed, and no script of a package runs. Without apt-get or a network the
 * directory is left out; the tests that need it say so.
 */
export function fetchServicePackages(checkout) {
  const digest = createHash('sha256').update(servicePackages.join(' ')).digest('hex').slice(0, 16);
  const all = `${checkout}/.cache/service-packages`;
  const directory = `${all}/${digest}`;
  if (existsSync(directory)) return;
  console.log(`set-up: fetching the units of ${servicePackages.length} Debian packages`);
  mkdirSync(all, { recursive: true });
  const work = mkdtempSync(`${all}/new-`);
  try {
    for (const part of ['packages', 'layer']) mkdirSync(`${work}/${part}`);
    download(`${work}/packages`);
    const files = readdirSync(`${work}/packages`);
    for (const file of files) unpack(`${work}/packages/${file}`, `${work}/layer`);
    writeFileSync(`${work}/names`, files.map((file) => `${nameAndVersion(file)}\n`).join(''));
    rmSync(`${work}/packages`, { recursive: true });
    renameSync(work, directory);
  } catch (error) {
    console.log(`set-up: the packages can't be fetched, their units are not compared: ${error.message}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The lists of packages are fetched where they are missing or out of date. */
function download(directory) {
  const options = ['-qq', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=1'];
  const timeouts = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'];
  const now = () =>
    runStep('apt-get', [...options, ...timeouts, 'download', ...servicePackages], { cwd: directory });
  try {
    now();
  } catch {
    runStep('apt-get', [...options, ...timeouts, 'update']);
    now();
  }
}

/** Of the data of a package, what systemd reads; /lib is /usr/lib, as on a machine. */
const unpackScript = `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --transform 's,^\\./lib/,./usr/lib/,' \\
  --wildcards --wildcards-match-slash './lib/systemd/system/*' './usr/lib/systemd/system/*' \\
  './etc/default/*' './etc/systemd/*' './etc/sysconfig/*' 2> /dev/null || true`;

function unpack(file, layer) {
  runStep('sh', ['-c', unpackScript, 'unpack', file, layer]);
}

/** `1%3a9.2p1-2` is the version 1:9.2p1-2. */
function nameAndVersion(file) {
  const [name, version] = file.split('_');
  return `${name} ${decodeURIComponent(version)}`;
}
