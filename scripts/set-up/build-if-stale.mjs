import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { warmUpSources } from '../build/warm-up-sources.mjs';
import { runStep } from './run-step.mjs';

const sources = [
  'src',
  'scripts/build.mjs',
  'scripts/build',
  'package.json',
  'package-lock.json',
  ...warmUpSources,
];

/** Builds dist/ when it is missing or older than what it is made of. */
export function buildIfStale(checkout) {
  const bundle = `${checkout}/dist/cutover.js`;
  const built = existsSync(bundle) ? statSync(bundle).mtimeMs : undefined;
  const newer = sources.find((source) => newestIn(`${checkout}/${source}`) > (built ?? 0));
  if (built !== undefined && newer === undefined) return;
  console.log(
    `set-up: building dist/, because ${built === undefined ? 'it is missing' : `${newer} is newer`}`,
  );
  runStep(process.execPath, [`${checkout}/scripts/build.mjs`], { cwd: checkout });
}

/** The newest modification time in a tree, in milliseconds; directories count, so that removals do too. */
function newestIn(path) {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(`${path}/${name}`)));
}
