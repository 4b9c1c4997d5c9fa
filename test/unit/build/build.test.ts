import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInto, copyOf } from './built-program.ts';

/** Nothing can be laid out there, so that the program has no node to warm up on. */
const NO_SCRATCH = { TMPDIR: '/nonexistent' };
/** Something no argument can do: a fault of the program itself. */
const FAULT = `
require(process.argv[1] + '/program.js').run(undefined, '0').catch((error) => console.log(error.stack));
`;

let directory = '';
let dist = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cutover-built-'));
  dist = join(directory, 'dist');
  expect(buildInto(dist, { args: ['--no-code-cache'], env: NO_SCRATCH })).toEqual({
    exitCode: 0,
    printed: '',
  });
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('a build', () => {
  test('without a code cache is made when asked for', () => {
    expect(readdirSync(dist).toSorted()).toEqual([
      'cutover.js',
      'libraries-program.bundle.js',
      'libraries-program.bundle.js.map',
      'libraries-program.js',
      'package.json',
      'program.bundle.js',
      'program.bundle.js.map',
      'program.js',
      'stack-trace.js',
      'zod.js',
    ]);
  });

  test('that can not warm up fails, says what to do, and leaves the last one', () => {
    const last = copyOf(dist);
    writeFileSync(join(last, 'cutover.js'), 'the last one');
    const { exitCode, printed } = buildInto(last, { env: NO_SCRATCH });
    expect(exitCode).toBe(1);
    expect(printed).toMatch(/^nothing is built: the program can't trace the node to warm up on: ENOENT: /);
    expect(printed).toMatch(/`npm run build -- --no-code-cache` builds a program that starts more slowly\n$/);
    expect(readFileSync(join(last, 'cutover.js'), 'utf8')).toBe('the last one');
  });

  test('takes away what the last one had and it has not', () => {
    const last = copyOf(dist);
    writeFileSync(join(last, 'program.v18.0.0-linux-x64.cache'), 'old');
    expect(buildInto(last, { args: ['--no-code-cache'] }).exitCode).toBe(0);
    expect(readdirSync(last).toSorted()).toEqual(readdirSync(dist).toSorted());
  });
});

describe('inspect --libraries', () => {
  const inspect = (build: string, args: readonly string[]) =>
    spawnSync(process.execPath, [join(build, 'cutover.js'), 'inspect', ...args], { encoding: 'utf8' });

  test('is a program of its own, which needs nothing of the other one', () => {
    const build = copyOf(dist);
    for (const name of ['program.js', 'program.bundle.js', 'zod.js']) rmSync(join(build, name));
    const { stdout, status } = inspect(build, ['--libraries', process.execPath, '--symbols', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'LibraryReport', files: [{ path: process.execPath }] });
  });

  test('where the words are the value of another option, the other program answers', () => {
    const { stderr, status } = inspect(dist, ['lamp.service', '--only', '--libraries']);
    expect(stderr).toMatch(/^cutover: --only --libraries: no such kind/);
    expect(status).toBe(2);
  });
});

describe('the stack of a fault of the program', () => {
  const stackIn = (build: string) =>
    spawnSync(process.execPath, ['-e', FAULT, build], { encoding: 'utf8' }).stdout.split('\n');

  test('names the functions, and the files and lines of src/', () => {
    const [title, first = ''] = stackIn(dist);
    expect(title).toMatch(/^TypeError: /);
    const [, line] =
      /^ {4}at .*\brunCommandLine\d*\b.* \(src\/cli\/run-command-line\.ts:(\d+):\d+\)$/.exec(first) ?? [];
    const source = readFileSync('src/cli/run-command-line.ts', 'utf8').split('\n');
    expect(source[Number(line) - 1]).toContain("args.includes('--json')");
  });

  test('without the source map has the places of the bundle, and not where that was built', () => {
    const build = copyOf(dist);
    rmSync(join(build, 'program.bundle.js.map'));
    const [title, first] = stackIn(build);
    expect(title).toMatch(/^TypeError: /);
    expect(first).toMatch(/^ {4}at .*\brunCommandLine\d*\b.* \(program\.bundle\.js:\d+:\d+\)$/);
  });
});
