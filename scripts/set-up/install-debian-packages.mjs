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

const MACHINES = 'tests and demonstrations on real machines';

/** Installs what of `programs` is missing where it can (root, with apt), and says first what, and why. */
export function installDebianPackages(programs = neededPrograms, what = MACHINES) {
  const cannot = (because, missing) => refusal(what, because, missing);
  if (process.platform !== 'linux') return cannot(`they need Linux, and this is ${process.platform}`, []);
  const missing = missingPrograms(programs);
  if (process.getuid() !== 0) return cannot('they need root', missing);
  if (missing.length === 0) return { ok: true };
  if (!has('apt-get'))
    return cannot('programs are missing, and there is no apt-get to install them with', missing);
  console.log('set-up: installing Debian packages');
  for (const needed of missing) console.log(`set-up:   ${needed.package}: ${needed.program} ${needed.why}`);
  try {
    install(missing.map((needed) => needed.package));
  } catch (error) {
    return cannot(error.message, missing);
  }
  const stillMissing = missingPrograms(programs);
  return stillMissing.length === 0
    ? { ok: true }
    : cannot('apt-get did not bring all programs', stillMissing);
}

function missingPrograms(programs) {
  return programs.filter(({ program }) => !has(program));
}

function has(program) {
  if (program.startsWith('/')) return existsSync(program);
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

function refusal(what, because, missing) {
  const packages = missing.map((needed) => needed.package).join(' ');
  const remedy = packages === '' ? '' : `; as root: apt-get install -y --no-install-recommends ${packages}`;
  const reason = `${because}${remedy}`;
  console.log(`set-up: ${what} cannot run: ${reason}`);
  for (const needed of missing) {
    console.log(`set-up:   missing ${needed.program} (package ${needed.package}), which ${needed.why}`);
  }
  return { ok: false, reason };
}
