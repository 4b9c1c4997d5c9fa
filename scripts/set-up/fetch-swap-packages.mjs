import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { runStep } from './run-step.mjs';
import { swapPackages } from './swap-packages.mjs';
import { unpackPackage } from './unpack-package.mjs';

/**
 * Brings the packages that the tests exchange to a directory under .cache: `layer` for a test machine, and `packed`.
 * Without apt-get or a network the directory is left out, without a security archive its build; the tests say so.
 */
export function fetchSwapPackages(checkout) {
  const digest = createHash('sha256').update(JSON.stringify(swapPackages)).digest('hex').slice(0, 16);
  const all = `${checkout}/.cache/swap-packages`;
  const directory = `${all}/${digest}`;
  if (existsSync(directory)) return;
  console.log('set-up: fetching the Debian packages that are exchanged for one another');
  mkdirSync(all, { recursive: true });
  const work = mkdtempSync(`${all}/new-`);
  try {
    for (const part of ['today/partial', 'packed', 'security', 'layer'])
      mkdirSync(`${work}/${part}`, { recursive: true });
    withLists(['install', '--download-only', '--no-install-recommends', '-y'], swapPackages.today, {
      options: ['-o', `Dir::Cache::archives=${work}/today`],
    });
    fetchFrom(MAIN, swapPackages.tomorrow, `${work}/packed`);
    for (const file of debsIn(`${work}/today`)) unpackPackage(`${work}/today/${file}`, `${work}/layer`);
    fetchSecurity(`${work}/security`);
    for (const file of debsIn(`${work}/security`)) unpackPackage(`${work}/security/${file}`, `${work}/layer`);
    // On a machine /lib is a link to /usr/lib.
    if (existsSync(`${work}/layer/lib`)) rmdirSync(`${work}/layer/lib`);
    rmSync(`${work}/today`, { recursive: true });
    renameSync(work, directory);
  } catch (error) {
    console.log(
      `set-up: the packages can't be fetched, nothing is exchanged for one another: ${error.message}`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const NETWORK = [
  '-o',
  'Acquire::Retries=1',
  '-o',
  'Acquire::http::Timeout=20',
  '-o',
  'Acquire::https::Timeout=20',
];
const QUIET = ['-qq', '-o', 'APT::Sandbox::User=root'];

/** The lists of packages are fetched where they are missing or out of date. */
function withLists(command, packages, { options = [] }) {
  const now = () => runStep('apt-get', [...command, ...QUIET, ...NETWORK, ...options, ...packages]);
  try {
    now();
  } catch {
    runStep('apt-get', ['update', ...QUIET, ...NETWORK]);
    now();
  }
}

const MAIN = 'http://deb.debian.org/debian bookworm main';
const SECURITY = 'http://deb.debian.org/debian-security bookworm-security main';

function fetchSecurity(directory) {
  try {
    fetchFrom(SECURITY, swapPackages.security, directory);
  } catch (error) {
    console.log(
      `set-up: the security archive can't be asked, Redis is exchanged for the same build: ${error.message}`,
    );
  }
}

/** From one archive alone, whichever the machine's apt knows; with lists of its own, so that apt goes on knowing what it knew. */
function fetchFrom(archive, packages, directory) {
  for (const part of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(`${directory}/${part}`, { recursive: true });
  writeFileSync(
    `${directory}/sources.list`,
    `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${archive}\n`,
  );
  const options = [
    '-o',
    `Dir::Etc::sourcelist=${directory}/sources.list`,
    '-o',
    'Dir::Etc::sourceparts=/dev/null',
    '-o',
    `Dir::State::lists=${directory}/lists`,
    '-o',
    `Dir::Cache=${directory}/cache`,
  ];
  try {
    runStep('apt-get', ['update', ...QUIET, ...NETWORK, ...options]);
    runStep('apt-get', ['download', ...QUIET, ...NETWORK, ...options, ...packages], { cwd: directory });
  } finally {
    for (const part of ['lists', 'cache', 'sources.list'])
      rmSync(`${directory}/${part}`, { recursive: true, force: true });
  }
}

function debsIn(directory) {
  return readdirSync(directory).filter((name) => name.endsWith('.deb'));
}
