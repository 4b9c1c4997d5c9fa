// Bundles src/ into dist/: an entry that answers --version by itself, and the program with V8's code cache beside it,
// which spares a cold start the compilation. Built beside and then exchanged, so that a build that fails leaves the
// last one working.
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const unfinished = `${root}/.cache/dist`;

await rm(unfinished, { recursive: true, force: true });
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  charset: 'ascii',
  // A require of what is in the bundle, or beside it: the loader of ECMAScript modules isn't started.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: ['src/cli/main.ts'],
  outfile: `${unfinished}/cutover.js`,
  banner: { js: '#!/usr/bin/env node' },
  plugins: [{ name: 'program', setup: leaveProgramOut }],
});
await build({
  ...common,
  entryPoints: ['src/cli/program.ts'],
  outfile: `${unfinished}/program.bundle.js`,
  // As load-program.cjs calls it.
  banner: { js: '(function (exports, require, module) {' },
  footer: { js: '})' },
});
await copyFile(`${root}/scripts/build/load-program.cjs`, `${unfinished}/program.js`);
await writeFile(`${unfinished}/package.json`, '{ "type": "commonjs" }\n');
await chmod(`${unfinished}/cutover.js`, 0o755);
await writeCodeCache();
await rm(`${root}/dist`, { recursive: true, force: true });
await rename(unfinished, `${root}/dist`);

function leaveProgramOut({ onResolve }) {
  onResolve({ filter: /^\.\/program\.ts$/ }, () => ({ path: './program.js', external: true }));
}

/**
 * What the program compiles while it traces through a generator is what a cold start has to compile. A program that
 * can't do that yet is built without the cache, and is slower to start.
 */
async function writeCodeCache() {
  const scratch = await mkdtemp(`${tmpdir()}/cutover-build-`);
  try {
    run(`${root}/node_modules/.bin/tsx`, [`${root}/scripts/build/lay-warm-up-root.ts`, `${scratch}/root`]);
    run(process.execPath, [`${root}/scripts/build/write-code-cache.cjs`, unfinished, `${scratch}/root`]);
  } catch (error) {
    console.error(`dist/ has no code cache: ${error.message}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function run(program, args) {
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}\n${stderr}`);
}
