import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const CUTOVER = fileURLToPath(new URL('../dist/cutover.js', import.meta.url));
const PEAK = fileURLToPath(new URL('report-peak-memory.cjs', import.meta.url));

/** How long node takes for these arguments, from start to exit, in milliseconds. */
export function nodeRun(args: readonly string[], expected = 0): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: LONGEST_OUTPUT,
  });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== expected) throw new Error(`node ${args.join(' ')}: exit ${status}\n${stderr}`);
  return elapsed;
}

/** The most memory that node has at once for these arguments, in megabytes. */
export function nodePeak(args: readonly string[], expected = 0): number {
  const { status, stderr, output } = spawnSync(process.execPath, ['--require', PEAK, ...args], {
    encoding: 'utf8',
    maxBuffer: LONGEST_OUTPUT,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (status !== expected) throw new Error(`node ${args.join(' ')}: exit ${status}\n${stderr}`);
  return Number(output[3]) / 1000;
}

const LONGEST_OUTPUT = 256 * 1024 * 1024;
