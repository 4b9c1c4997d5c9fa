import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program of node_modules in the checkout, on this terminal. Returns its exit status; null: a signal ended it. */
export function runTool(name, args) {
  // The terminal interrupts both: this one waits until the tool has tidied up.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const { status, error } = spawnSync(`${root}/node_modules/.bin/${name}`, args, {
    cwd: root,
    stdio: 'inherit',
  });
  process.off('SIGINT', wait);
  if (error !== undefined) throw error;
  return status;
}
