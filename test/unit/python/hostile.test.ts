import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE } from './hostile-sources.ts';

/** What a generator's file may cost, whatever is in it: resident memory in MiB, and time with room for a busy machine. */
const MOST_MEMORY = 200;
const LONGEST = 5000;

const CHILD = `
import { readFileSync } from 'node:fs';
import { evaluateModule } from './src/formats/python/evaluate-module.ts';

const source = readFileSync(0, 'latin1');
const started = performance.now();
const value = evaluateModule('calc.py', Buffer.from(source, 'latin1').toString(), {}).global('x');
const milliseconds = performance.now() - started;
const outcome = value === undefined ? 'undefined' : value.kind === 'unknown' ? value.reason : value.kind;
const mebibytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ outcome, milliseconds, mebibytes }));
`;

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

describe('a file that means harm costs a second and 200 MB at most, and is told about', () => {
  for (const [title, { source, outcome }] of Object.entries(HOSTILE)) {
    test(title, () => {
      const { stdout, stderr, signal } = spawnSync(process.execPath, [join(directory, 'child.mjs')], {
        input: source(),
        encoding: 'utf8',
        timeout: LONGEST,
      });
      if (process.env['CUTOVER_HOSTILE'] !== undefined) console.log(title, stdout);
      expect({ signal, stderr }).toEqual({ signal: null, stderr: '' });
      const result: unknown = JSON.parse(stdout);
      expect(result).toMatchObject({ outcome: expect.stringMatching(outcome) });
      const { mebibytes } = result as { mebibytes: number };
      expect(mebibytes).toBeLessThan(MOST_MEMORY);
    });
  }
});
