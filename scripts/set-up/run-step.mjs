import { spawnSync } from 'node:child_process';

/** Runs one command of the set-up with its output shown; an Error names the command when it fails. */
export function runStep(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (status === 0) return;
  const why = error === undefined ? `exit code ${status}` : error.message;
  throw new Error(`\`${[command, ...args].join(' ')}\` failed: ${why}`);
}
