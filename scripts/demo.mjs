// `npm run demo`: sets up, then replays the story of 2016, on a test machine where one can boot.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
setUp();
const { status } = spawnSync('npx', ['--no-install', 'tsx', 'demo/main.ts'], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
