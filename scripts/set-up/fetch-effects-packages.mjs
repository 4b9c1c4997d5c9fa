import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { downloadWithNeeded } from './debian-package-files.mjs';
import { effectsPackages } from './effects-packages.mjs';
import { unpackPackage } from './unpack-package.mjs';

/**
 * Brings the packages, and what they need and this machine has not, to `.cache/effects-packages/DIGEST/layer`. Nothing is
 * installed, and no script of a package runs. Throws where they can't be fetched.
 */
export function fetchEffectsPackages(checkout) {
  const digest = createHash('sha256').update(effectsPackages.join(' ')).digest('hex').slice(0, 16);
  const all = `${checkout}/.cache/effects-packages`;
  const directory = `${all}/${digest}`;
  if (existsSync(directory)) return;
  console.log(`set-up: fetching ${effectsPackages.length} Debian packages with services, and what they need`);
  mkdirSync(all, { recursive: true });
  const work = mkdtempSync(`${all}/new-`);
  try {
    for (const part of ['packages/partial', 'layer']) mkdirSync(`${work}/${part}`, { recursive: true });
    downloadWithNeeded(effectsPackages, `${work}/packages`);
    const files = readdirSync(`${work}/packages`).filter((name) => name.endsWith('.deb'));
    for (const file of files) unpackPackage(`${work}/packages/${file}`, `${work}/layer`);
    rmSync(`${work}/packages`, { recursive: true });
    // On a machine these are links to those below /usr.
    for (const name of ['bin', 'sbin', 'lib']) mergeIntoUsr(`${work}/layer`, name);
    renameSync(work, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function mergeIntoUsr(layer, name) {
  if (!existsSync(`${layer}/${name}`)) return;
  cpSync(`${layer}/${name}`, `${layer}/usr/${name}`, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
  });
  rmSync(`${layer}/${name}`, { recursive: true });
}
