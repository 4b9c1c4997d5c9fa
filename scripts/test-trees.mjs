// `npm run test:trees -- --seed N --count N`: random file trees, changed and put back by the engine, compared by find,
// sha256sum and getfattr. As root: files are given to other users.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

setUp();
if (process.getuid?.() !== 0) {
  console.error('test:trees gives files to other users: run it as root');
  process.exit(2);
}
process.exit(runTool('tsx', ['test/trees/main.ts', ...process.argv.slice(2)]) ?? 1);
