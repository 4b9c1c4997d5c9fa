import { existsSync, readdirSync, statSync } from 'node:fs';
import { runStep } from './run-step.mjs';

const sources = ['src', 'scripts/build.mjs', 'scripts/build', 'package.json', 'package-lock.json'];

/** Builds dist/ when it is missing or older than what it is made of. */
export function buildIfStale(checkout) {
  const bundle = `${checkout}/dist/cutover.js`;
  const built = existsSync(bundle) ? statSync(bundle).mtimeMs : undefined;
  if (built !== undefined && sources.every((source) => newestIn(`${checkout}/${source}`) <= built)) return;
  console.log(`set-up: building dist/, because ${built === undefined ? 'it is missing' : 'src/ is newer'}`);
  runStep(process.execPath, [`${checkout}/scripts/build.mjs`], { cwd: checkout });
}

/** The newest modification time in a tree, in milliseconds; directories count, so that removals do too. */
function newestIn(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(`${path}/${name}`)));
}
