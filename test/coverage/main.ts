// `npm run test:coverage`: which branches of the engine and of the journal tests take, on machines and their unit tests.
// Prints each that none takes, and how many are taken. Arguments are the tests on machines; those of the engine and
// of changes unless told, and the named faults of the crash tests; none with --unit.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { CoverageReport } from 'monocart-coverage-reports';
import { z } from 'zod';
import { HARNESS_OPTIONS } from '../machine/engine/bundled-harness.ts';
import { runUnitTests } from './run-unit-tests.ts';

const NAMED_FAULTS = '--points 0 --recoveries 0 --power-cuts 0 --faults 0 --hangs 0 --named all'.split(' ');
const FOLDERS = /(?:^|\/)src\/(?:engine|journal)\//;
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const directory = `${root}/.cache/coverage`;
const raw = `${directory}/raw`;
const rawSchema = z.object({ result: z.array(z.looseObject({ url: z.string() })) });

rmSync(directory, { recursive: true, force: true });
mkdirSync(raw, { recursive: true });
writeFileSync(`${directory}/package.json`, '{"type":"commonjs"}\n');
// Maps beside: what Node knows of a map it writes down with every process.
const mapped: BuildOptions = { sourcemap: 'external', write: true };
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outfile: `${directory}/cutover.js`,
  ...mapped,
});
await build({ ...HARNESS_OPTIONS, outfile: `${directory}/harness.mjs`, ...mapped });
process.env['CUTOVER_COVERAGE'] = directory;
const asked = process.argv.slice(2);
const tests = asked.length > 0 ? asked : ['test/machine/engine', 'test/machine/story/changes.test.ts'];
const status = asked.includes('--unit') ? 0 : runOnMachines();

const unit = await runUnitTests(root, directory, raw, mapped);
const programs = ['cutover.js', 'harness.mjs', ...unit.bundles];

const report = new CoverageReport({
  outputDir: `${directory}/report`,
  clean: false,
  logging: 'error',
  reports: [['v8-json', {}]],
  sourceFilter: (path) => FOLDERS.test(path) && !path.endsWith('.test.ts'),
});
for (const name of readdirSync(raw)) {
  const entries = entriesOf(`${raw}/${name}`);
  if (entries.length > 0) await report.add(entries);
}
const results = await report.generate();
if (results === undefined) throw new Error('nothing was measured');
let taken = 0;
let all = 0;
for (const { sourcePath, source = '', data } of results.files) {
  const branches = data?.branches ?? [];
  const missed = branches.filter(({ count }) => count === 0);
  taken += branches.length - missed.length;
  all += branches.length;
  for (const { start, none } of missed)
    console.log(`${sourcePath}:${placeOf(source, start)}${none === true ? ' (no else)' : ''}`);
}
console.log(`${taken} of ${all} branches taken, in ${results.files.length} files`);
process.exitCode = unit.passed ? status : 1;

/** Without arguments the faults that have a story as well: they lead where nothing else does. */
function runOnMachines(): number {
  const ended = [runTool('vitest', ['run', '--project', 'machine', ...tests])];
  if (asked.length === 0) ended.push(runTool('tsx', ['test/crash/main.ts', ...NAMED_FAULTS]));
  return ended.every((status) => status === 0) ? 0 : 1;
}

function runTool(tool: string, words: readonly string[]): number | null {
  return spawnSync(`${root}/node_modules/.bin/${tool}`, words, { cwd: root, stdio: 'inherit' }).status;
}

/** Line and column, and what stands there. */
function placeOf(source: string, offset: number): string {
  const before = source.slice(0, offset).split('\n');
  const text = source.slice(offset, offset + 60).split('\n')[0];
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}  ${text}`;
}

/** What one process ran of the programs whose maps are here. */
function entriesOf(file: string): object[] {
  const { result } = rawSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return programs.flatMap((program) =>
    result
      .filter(({ url }) => url.replace(/\?.*$/, '').endsWith(`/${program}`))
      .map((entry) => ({
        ...entry,
        url: `file://${directory}/${program}`,
        source: readFileSync(`${directory}/${program}`, 'utf8'),
        sourceMap: JSON.parse(readFileSync(`${directory}/${program}.map`, 'utf8')),
      })),
  );
}
