// `npm run build`: bundles src/ into dist/: an entry that answers --version by itself, and the programs with V8's code
// cache beside them, which spares a cold start the compilation (docs/dev/build.md).
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
/** By the names of their files in src/cli/. */
const programs = ['program', 'libraries-program'];
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
    plugins: [{ name: 'programs', setup: leaveProgramsOut }],
  });
  for (const name of programs) {
    await build({
      ...common,
      entryPoints: [`src/cli/${name}.ts`],
      outfile: `${unfinished}/${name}.bundle.js`,
      sourcemap: 'external',
      sourcesContent: false,
      plugins: [
        lazyBuiltins,
        { name: 'programs', setup: leaveProgramsOut },
        { name: 'schemas', setup: leaveSchemasOut },
      ],
      // As load-program.cjs calls it.
      banner: { js: '(function (exports, require, module) {' },
      footer: { js: '})' },
    });
    await nameSourcesFromRoot(`${unfinished}/${name}.bundle.js.map`);
    await copyFile(`${root}/scripts/build/load-program.cjs`, `${unfinished}/${name}.js`);
  }
  await build({
    ...common,
    stdin: { contents: "export { z } from 'zod';", resolveDir: root },
    outfile: `${unfinished}/zod.js`,
  });
  await copyFile(`${root}/scripts/build/stack-trace.cjs`, `${unfinished}/stack-trace.js`);
  await writeFile(`${unfinished}/package.json`, '{ "type": "commonjs" }\n');
  await chmod(`${unfinished}/cutover.js`, 0o755);
}

function leaveProgramsOut({ onResolve }) {
  const filter = new RegExp(`^\\./(?:${programs.join('|')})\\.ts$`);
  onResolve({ filter }, ({ path }) => ({ path: path.replace(/ts$/, 'js'), external: true }));
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

/** What a program compiles while it does what it is for is what a cold start has to compile. */
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
    for (const name of programs) {
      run(process.execPath, [
        `${root}/scripts/build/write-code-cache.cjs`,
        `${unfinished}/${name}.js`,
        `${scratch}/root`,
      ]);
    }
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
