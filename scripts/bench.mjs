// `npm run bench`: sets up, measures, prints a table and writes bench/results.json.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
setUp();
const { status } = spawnSync('npx', ['--no-install', 'tsx', 'bench/main.ts'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
