import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { build, type BuildOptions } from 'esbuild';

const FOLDERS = ['src/engine', 'src/engine/steps', 'src/journal', 'test/unit/engine'];

/**
 * Runs the unit tests of the engine and of the journal as bundles that Node itself loads, and has it write down in `raw`
 * which of their code ran: what vitest loads in its own way Node knows no files of. Gives the bundles, relative to
 * `directory`, and whether all passed.
 */
export async function runUnitTests(
  root: string,
  directory: string,
  raw: string,
  mapped: BuildOptions,
): Promise<{ readonly bundles: readonly string[]; readonly passed: boolean }> {
  const tests = FOLDERS.flatMap((folder) =>
    readdirSync(`${root}/${folder}`)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  );
  await build({
    absWorkingDir: root,
    entryPoints: tests,
    outbase: root,
    outdir: `${directory}/unit`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['vitest', 'fast-check'],
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    ...mapped,
  });
  writeFileSync(`${directory}/take.mjs`, TAKE);
  writeFileSync(`${directory}/vitest.config.mjs`, configOf(directory));
  const { status } = spawnSync(
    `${root}/node_modules/.bin/vitest`,
    ['run', '--config', `${directory}/vitest.config.mjs`],
    { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_V8_COVERAGE: raw } },
  );
  const bundles = tests.map((test) => `unit/${test.replace(/\.ts$/, '.mjs')}`);
  return { bundles, passed: status === 0 };
}

/** vitest ends its processes before they would write it. */
const TAKE = `import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';
afterAll(() => takeCoverage());
`;

function configOf(directory: string): string {
  const test = {
    include: ['**/*.test.mjs'],
    testTimeout: 60_000,
    pool: 'forks',
    setupFiles: [`${directory}/take.mjs`],
    experimental: { viteModuleRunner: false, nodeLoader: false },
  };
  return `export default ${JSON.stringify({ root: `${directory}/unit`, test })};\n`;
}
