import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const CUTOVER = fileURLToPath(new URL('../dist/cutover.js', import.meta.url));

/** How long node takes for these arguments, from start to exit, in milliseconds. */
export function nodeRun(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status}\n${stderr}`);
  return elapsed;
}
