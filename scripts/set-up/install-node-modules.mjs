import { existsSync, readFileSync } from 'node:fs';
import { runStep } from './run-step.mjs';

/** Runs `npm ci` when node_modules is not what package-lock.json says. */
export function installNodeModules(checkout) {
  const missing = firstDifference(checkout);
  if (missing === undefined) return;
  console.log(`set-up: npm ci, because ${missing}`);
  runStep('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: checkout });
}

/**
 * npm writes node_modules/.package-lock.json last, as the record of what it has installed: comparing it
 * with the lock file needs no stamp of our own, and a half-finished install has no such record.
 */
function firstDifference(checkout) {
  const record = `${checkout}/node_modules/.package-lock.json`;
  if (!existsSync(record)) return 'node_modules is missing or was left half-installed';
  const locked = packagesOf(`${checkout}/package-lock.json`);
  const installed = packagesOf(record);
  for (const [path, { version, integrity, optional }] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    // Optional packages are the builds for other systems.
    if (found === undefined && optional) continue;
    if (found === undefined || !existsSync(`${checkout}/${path}/package.json`)) return `${path} is missing`;
    if (found.version !== version || found.integrity !== integrity) {
      return `${path} is ${found.version}, and package-lock.json asks for ${version}`;
    }
  }
  return undefined;
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
