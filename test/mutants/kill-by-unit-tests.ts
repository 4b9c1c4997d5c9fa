import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Mutant } from './mutant.ts';

const COPIED = ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const TESTS = ['src/engine', 'src/journal', 'src/plan/steps', 'test/unit/engine'];
/** A mutant may never come to an end; all of the tests take seconds. */
const LIMIT_MS = 3 * 60_000;

/**
 * What judges mutants by the unit tests of the two folders, in a copy of the checkout: the title of the first that fails.
 * Throws where one fails without a mutant.
 */
export function judgeOfUnitTests(root: string): (mutant: Mutant) => string | undefined {
  const copy = `${root}/.cache/mutants`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of COPIED) cpSync(`${root}/${name}`, `${copy}/${name}`, { recursive: true });
  symlinkSync(`${root}/node_modules`, `${copy}/node_modules`);
  const failing = failingTest(copy);
  if (failing !== undefined) throw new Error(`without a mutant: ${failing}`);
  return ({ file, mutated }) => {
    const path = `${copy}/${file}`;
    const whole = readFileSync(path);
    writeFileSync(path, mutated);
    try {
      return failingTest(copy);
    } finally {
      writeFileSync(path, whole);
    }
  };
}

function failingTest(copy: string): string | undefined {
  const words = ['run', '--project', 'unit', '--bail', '1', '--no-isolate', '--reporter', 'json', ...TESTS];
  const { status, stdout } = spawnSync(`${copy}/node_modules/.bin/vitest`, words, {
    cwd: copy,
    encoding: 'utf8',
    timeout: LIMIT_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return undefined;
  return /"status":"failed","title":"((?:[^"\\]|\\.)*)"/.exec(stdout)?.[1] ?? 'they do not come to their end';
}
