import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import type { SliceResult } from './slice.ts';

// `npm run fuzz:elf -- --seed N --count N`: damaged ELF files, read by processes that may not crash, hang or grow.

const SLICE = 20_000;
const LONGEST_MS = 1000;
const LARGEST_MB = 200;
/** Without a word for so long a process hangs, however busy the machine. */
const SILENCE_MS = 60_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string', default: '1000000' },
    first: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const [first, count] = [Number(values.first), Number(values.count)];
const folder = mkdtempSync(join(tmpdir(), 'cutover-fuzz-'));
const program = join(folder, 'slice.mjs');
console.log(`seed ${seed}, inputs ${first} to ${first + count - 1}`);
const outcomes: Record<string, number> = {};
const faults: string[] = [];
let [slowest, peak, done] = [0, 0, 0];
try {
  await build({
    entryPoints: [join(import.meta.dirname, 'slice.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  for (let at = first; at < first + count; at += SLICE) {
    const length = Math.min(SLICE, first + count - at);
    const result = await runSlice(at, length);
    if (typeof result === 'string') {
      faults.push(result);
      continue;
    }
    done += length;
    for (const [outcome, times] of Object.entries(result.outcomes))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + times;
    slowest = Math.max(slowest, result.slowest.milliseconds);
    peak = Math.max(peak, result.peak);
    if (result.slowest.milliseconds > LONGEST_MS) {
      faults.push(`input ${result.slowest.input} took ${Math.round(result.slowest.milliseconds)} ms`);
    }
    if (result.peak > LARGEST_MB)
      faults.push(`inputs ${at} to ${at + length - 1} took ${Math.round(result.peak)} MB`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults)
  console.log(`FAULT ${fault}; again with: npm run fuzz:elf -- --seed ${seed} --first N --count 1`);
const shown = Object.entries(outcomes).map(([outcome, times]) => `${times} ${outcome}`);
console.log(
  `${done} of ${count} inputs read: ${shown.join(', ')}; slowest ${Math.round(slowest)} ms of processor time, most memory ${Math.round(peak)} MB`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** What a process makes of one slice, or how it failed. */
function runSlice(at: number, length: number): Promise<SliceResult | string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, String(seed), String(at), String(length)]);
    let [output, errors, last] = ['', '', String(at)];
    const end = () => child.kill('SIGKILL');
    let watch = setTimeout(end, SILENCE_MS);
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      clearTimeout(watch);
      watch = setTimeout(end, SILENCE_MS);
      const lines = (output + chunk.toString()).split('\n');
      output = lines.at(-1) ?? '';
      last = lines.at(-2) ?? last;
    });
    child.on('close', (status, signal) => {
      clearTimeout(watch);
      const result: SliceResult | undefined = last.startsWith('{') ? JSON.parse(last) : undefined;
      const how = signal === null ? `ended with ${status}` : 'hangs';
      resolve(
        status === 0 && result !== undefined
          ? result
          : `the process ${how} at input ${last} or soon after: ${errors}`,
      );
    });
  });
}
