// `npm run build`: bundles src/ into dist/: an entry that answers --version by itself, and the program with V8's code
// cache beside it, which spares a cold start the compilation (docs/dev/build.md).
// [--into DIRECTORY] builds elsewhere. [--no-code-cache] does without the cache, and without running the program.
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { lazyBuiltins } from './build/lazy-builtins.mjs';
import { warmUpIsHere } from './build/warm-up-sources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { values: options } = parseArgs({
  options: { into: { type: 'string', default: `${root}/dist` }, 'no-code-cache': { type: 'boolean' } },
});

await mkdir(`${root}/.cache`, { recursive: true });
const unfinished = await mkdtemp(`${root}/.cache/build-`);
try {
  await bundle();
  await writeCodeCache();
  await putInPlace(resolve(options.into));
} catch (error) {
  console.error(`nothing is built: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(unfinished, { recursive: true, force: true });
}

async function bundle() {
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Names are kept: they cost a cold start 2 ms, and a stack trace without them says little.
    minifySyntax: true,
    minifyWhitespace: true,
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
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [lazyBuiltins, { name: 'schemas', setup: leaveSchemasOut }],
    // As load-program.cjs calls it.
    banner: { js: '(function (exports, require, module) {' },
    footer: { js: '})' },
  });
  await build({
    ...common,
    stdin: { contents: "export { z } from 'zod';", resolveDir: root },
    outfile: `${unfinished}/zod.js`,
  });
  await nameSourcesFromRoot(`${unfinished}/program.bundle.js.map`);
  await copyFile(`${root}/scripts/build/load-program.cjs`, `${unfinished}/program.js`);
  await copyFile(`${root}/scripts/build/stack-trace.cjs`, `${unfinished}/stack-trace.js`);
  await writeFile(`${unfinished}/package.json`, '{ "type": "commonjs" }\n');
  await chmod(`${unfinished}/cutover.js`, 0o755);
}

function leaveProgramOut({ onResolve }) {
  onResolve({ filter: /^\.\/program\.ts$/ }, () => ({ path: './program.js', external: true }));
}

/** Verbs that only read need none: apart from the program, they spare those a quarter of what a cold start reads. */
function leaveSchemasOut({ onResolve }) {
  onResolve({ filter: /^zod$/ }, () => ({ path: './zod.js', external: true }));
}

/** src/cli/program.ts, wherever the build was. */
async function nameSourcesFromRoot(file) {
  const map = JSON.parse(await readFile(file, 'utf8'));
  const sources = map.sources.map((source) => relative(root, resolve(dirname(file), source)));
  await writeFile(file, JSON.stringify({ ...map, sources }));
}

/** What the program compiles while it traces through a generator is what a cold start has to compile. */
async function writeCodeCache() {
  if (options['no-code-cache']) return;
  if (!warmUpIsHere(root)) {
    console.log(
      'built without a code cache, so slower to start: the node to warm up on, test/dcos-2.2, is missing',
    );
    return;
  }
  try {
    await warmUp();
  } catch (error) {
    const next = '`npm run build -- --no-code-cache` builds a program that starts more slowly';
    throw new Error(`the program can't trace the node to warm up on: ${error.message.trimEnd()}\n${next}`, {
      cause: error,
    });
  }
}

async function warmUp() {
  const scratch = await mkdtemp(`${tmpdir()}/cutover-build-`);
  try {
    run(`${root}/node_modules/.bin/tsx`, [`${root}/scripts/build/lay-warm-up-root.ts`, `${scratch}/root`]);
    run(process.execPath, [`${root}/scripts/build/write-code-cache.cjs`, unfinished, `${scratch}/root`]);
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

/**
 * File by file, each in one step: there is no moment without a program. Between two files the parts are of two builds;
 * the loader sees then that the cache is of another bundle.
 */
async function putInPlace(directory) {
  await mkdir(directory, { recursive: true });
  const names = await readdir(unfinished);
  // The entry is last: its time says how old the build is.
  const ordered = [...names.filter((name) => name !== 'cutover.js'), 'cutover.js'];
  for (const name of ordered) {
    await copyFile(`${unfinished}/${name}`, `${directory}/${name}.${process.pid}`);
    await rename(`${directory}/${name}.${process.pid}`, `${directory}/${name}`);
  }
  const old = (await readdir(directory)).filter((name) => !names.includes(name));
  for (const name of old) await rm(`${directory}/${name}`, { recursive: true, force: true });
}
