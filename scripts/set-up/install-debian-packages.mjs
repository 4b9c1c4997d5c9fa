import { existsSync, readdirSync } from 'node:fs';
import { neededPrograms } from './needed-programs.mjs';
import { runStep } from './run-step.mjs';

/** Debian's own places come last: a user's PATH often lacks the sbin ones. */
const places = [
  ...(process.env.PATH ?? '').split(':'),
  '/usr/sbin',
  '/sbin',
  '/usr/lib/systemd',
  '/lib/systemd',
];
const packageLists = '/var/lib/apt/lists';

/** Installs what is missing where it can (root, with apt); says first what, and why. */
export function installDebianPackages() {
  const missing = missingPrograms();
  if (missing.length === 0) return { ok: true };
  if (process.platform !== 'linux')
    return { ok: false, reason: `test machines need Linux, this is ${process.platform}` };
  const packages = missing.map((needed) => needed.package);
  const commandLine = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid() !== 0) return cannot(missing, `not root; as root: ${commandLine}`);
  if (!has('apt-get')) return cannot(missing, 'there is no apt-get here to install them with');
  console.log('set-up: installing Debian packages');
  for (const needed of missing) console.log(`set-up:   ${needed.package}: ${needed.program} ${needed.why}`);
  try {
    install(packages);
  } catch (error) {
    return cannot(missing, error.message);
  }
  const stillMissing = missingPrograms();
  return stillMissing.length === 0 ? { ok: true } : cannot(stillMissing, 'apt-get did not bring them');
}

function missingPrograms() {
  return neededPrograms.filter(({ program }) => !has(program));
}

function has(program) {
  return places.some((place) => existsSync(`${place}/${program}`));
}

/** Lists that are missing are fetched first; lists that are out of date show as a failing install. */
function install(packages) {
  const installNow = () => apt(['install', '-y', '--no-install-recommends', ...packages]);
  const haveLists =
    existsSync(packageLists) && readdirSync(packageLists).some((name) => name.includes('_Packages'));
  if (haveLists) {
    try {
      return installNow();
    } catch {
      console.log('set-up: the package lists may be out of date; fetching them and trying once more');
    }
  }
  apt(['update']);
  return installNow();
}

function apt(args) {
  const quietly = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  runStep('apt-get', [...quietly, ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function cannot(missing, because) {
  for (const needed of missing) {
    console.log(`set-up: missing ${needed.program} (package ${needed.package}), which ${needed.why}`);
  }
  const reason = `${missing.map(({ program }) => program).join(', ')} missing: ${because}`;
  console.log(`set-up: what needs real machines cannot run: ${reason}`);
  return { ok: false, reason };
}
