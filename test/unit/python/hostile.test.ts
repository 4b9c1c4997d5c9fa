import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE } from './hostile-sources.ts';

/** Of resident memory in MiB, for a process that has evaluated a dozen such files. */
const MOST_MEMORY = 200;
/**
 * For one file, in yardsticks: work that is always the same, some 100 ms of the processor on a machine that does nothing else,
 * so that this is the second that is promised, without a machine that is slow or busy making it another. The longest of
 * the files take 6.
 */
const LONGEST = 10;
const HANGS = 60_000;
const CASES_A_PROCESS = 8;

/** Evaluates the files of a JSON list, and prints what became of `x` in each. */
const CHILD = `
import { readFileSync } from 'node:fs';
import { evaluateModule } from './src/formats/python/evaluate-module.ts';

const files = JSON.parse(readFileSync(0, 'utf8'));
let yardstick = timed(measure);
const results = files.map((base64) => {
  const before = yardstick;
  let value;
  const milliseconds = timed(() => {
    value = evaluateModule('calc.py', Buffer.from(base64, 'base64').toString(), {}).global('x');
  });
  yardstick = timed(measure);
  const outcome = value === undefined ? 'undefined' : value.kind === 'unknown' ? value.reason : value.kind;
  return { outcome, yardsticks: milliseconds / Math.max(before, yardstick) };
});
process.stdout.write(JSON.stringify({ results, mebibytes: process.resourceUsage().maxRSS / 1024 }));

/** In milliseconds of the processor, all threads of V8 together. */
function timed(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measure() {
  let last = new Map();
  for (let round = 0; round < 1700; round += 1) {
    last = new Map();
    for (let entry = 0; entry < 1000; entry += 1) last.set('key ' + entry, { entry });
  }
  return last;
}
`;

interface Report {
  readonly results: readonly { readonly outcome: string; readonly yardsticks: number }[];
  readonly mebibytes: number;
}

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cutover-hostile-'));
  buildSync({
    stdin: { contents: CHILD, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(directory, 'child.mjs'),
  });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const cases = Object.entries(HOSTILE);
const groups = Array.from({ length: Math.ceil(cases.length / CASES_A_PROCESS) }, (_, index) =>
  cases.slice(index * CASES_A_PROCESS, (index + 1) * CASES_A_PROCESS),
);

describe.concurrent('a file that means harm is told about, in little time and memory', () => {
  for (const group of groups) {
    test(
      group.map(([title]) => title).join(', '),
      async () => {
        const sources = group.map(([, { source }]) => Buffer.from(source()).toString('base64'));
        const { results, mebibytes } = await evaluated(sources);
        for (const [index, [title, { outcome }]] of group.entries()) {
          const { outcome: reached = '', yardsticks = Number.NaN } = results[index] ?? {};
          expect(reached, title).toMatch(outcome);
          expect(yardsticks, title).toBeLessThan(LONGEST);
        }
        expect(mebibytes).toBeLessThan(MOST_MEMORY);
      },
      HANGS,
    );
  }
});

function evaluated(sources: readonly string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(directory, 'child.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: HANGS,
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(JSON.parse(printed));
      else reject(new Error(`ended with ${code ?? signal}`));
    });
    child.stdin.end(JSON.stringify(sources));
  });
}
