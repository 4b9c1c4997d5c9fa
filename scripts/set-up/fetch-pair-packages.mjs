import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { downloadAlone, downloadWithNeeded } from './debian-package-files.mjs';
import { replacementsOfOthers, replacementsOfToday, servicesOfToday } from './pair-packages.mjs';
import { unpackPackage } from './unpack-package.mjs';

/**
 * Brings the services of the tests of replacements to `.cache/pair-packages/today/DIGEST/layer`, with the trees that take
 * their place under /opt/pairs there; those of other releases of Debian, when they are asked for, to `…/others/DIGEST/layer`,
 * at /opt/pairs/RELEASE. Nothing is installed, and no script of a package runs. Without apt-get or a network a directory
 * is left out; the tests say so.
 */
export function fetchPairPackages(checkout, { others }) {
  const all = `${checkout}/.cache/pair-packages`;
  fetchOnce(`${all}/today`, [servicesOfToday, replacementsOfToday], (work) => {
    downloadWithNeeded(servicesOfToday, `${work}/packages`);
    unpackAll(`${work}/packages`, () => `${work}/layer`);
    mkdirSync(`${work}/alone`);
    downloadAlone(replacementsOfToday, `${work}/alone`);
    unpackAll(`${work}/alone`, (name) => `${work}/layer/opt/pairs/${name}`);
  });
  if (!others) return;
  fetchOnce(`${all}/others`, replacementsOfOthers, (work) => {
    const options = ownLists(work, Object.keys(replacementsOfOthers));
    for (const [release, packages] of Object.entries(replacementsOfOthers)) {
      mkdirSync(`${work}/${release}`);
      downloadAlone(
        packages.map((name) => `${name}/${release}`),
        `${work}/${release}`,
        options,
      );
      unpackAll(`${work}/${release}`, (name) => `${work}/layer/opt/pairs/${release}/${name}`);
    }
    rmSync(`${work}/lists`, { recursive: true });
  });
}

function fetchOnce(all, packages, fetch) {
  const digest = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 16);
  const directory = `${all}/${digest}`;
  if (existsSync(directory)) return;
  console.log('set-up: fetching Debian packages with services, and with what takes their place');
  mkdirSync(all, { recursive: true });
  const work = mkdtempSync(`${all}/new-`);
  try {
    for (const part of ['packages/partial', 'layer']) mkdirSync(`${work}/${part}`, { recursive: true });
    fetch(work);
    // What was fetched for another list is of no use any more.
    for (const name of readdirSync(all))
      if (`${all}/${name}` !== work) rmSync(`${all}/${name}`, { recursive: true });
    renameSync(work, directory);
  } catch (error) {
    console.log(`set-up: the packages can't be fetched, no replacement of them is tried: ${error.message}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function unpackAll(directory, layerOf) {
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.deb'))) {
    const layer = layerOf(file.split('_')[0]);
    mkdirSync(layer, { recursive: true });
    unpackPackage(`${directory}/${file}`, layer);
    // On a machine /lib is a link to /usr/lib.
    if (existsSync(`${layer}/lib`)) rmdirSync(`${layer}/lib`);
  }
  rmSync(directory, { recursive: true });
}

/** Options of apt for lists of packages of its own: the machine's do not change. */
function ownLists(work, releases) {
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  mkdirSync(`${work}/lists/state/partial`, { recursive: true });
  const lines = releases.map(
    (release) => `deb [signed-by=${key}] http://deb.debian.org/debian ${release} main\n`,
  );
  writeFileSync(`${work}/lists/sources.list`, lines.join(''));
  return [
    `Dir::Etc::sourcelist=${work}/lists/sources.list`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${work}/lists/state`,
    `Dir::Cache=${work}/lists`,
  ].flatMap((option) => ['-o', option]);
}
