import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { downloadWithNeeded } from './debian-package-files.mjs';
import { pluginPackages } from './plugin-packages.mjs';
import { unpackPackage } from './unpack-package.mjs';

/**
 * Brings the files of Debian packages with plugins, and of what these need and the machine has not, to a directory under
 * .cache, a layer for test machines. Nothing is installed, and no script of a package runs. Without apt-get or a network the
 * directory is left out; the tests that need it say so.
 */
export function fetchPluginPackages(checkout) {
  const digest = createHash('sha256').update(pluginPackages.join(' ')).digest('hex').slice(0, 16);
  const all = `${checkout}/.cache/plugin-packages`;
  const directory = `${all}/${digest}`;
  if (existsSync(directory)) return;
  console.log(`set-up: fetching ${pluginPackages.length} Debian packages with plugins and what they need`);
  mkdirSync(all, { recursive: true });
  const work = mkdtempSync(`${all}/new-`);
  try {
    for (const part of ['packages/partial', 'layer']) mkdirSync(`${work}/${part}`, { recursive: true });
    downloadWithNeeded(pluginPackages, `${work}/packages`);
    const files = readdirSync(`${work}/packages`).filter((name) => name.endsWith('.deb'));
    for (const file of files) unpackPackage(`${work}/packages/${file}`, `${work}/layer`);
    // On a machine /lib is a link to /usr/lib.
    if (existsSync(`${work}/layer/lib`)) rmdirSync(`${work}/layer/lib`);
    rmSync(`${work}/packages`, { recursive: true });
    renameSync(work, directory);
  } catch (error) {
    console.log(`set-up: the packages can't be fetched, their plugins are not compared: ${error.message}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
