// `npm run test:coverage -- [TESTS]`: which branches of the engine and of the journal the tests on machines take. Needs what
// test machines need; installs it where it can.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

const { machines } = setUp();
if (!machines.ok) {
  console.error(`test:coverage needs a test machine: ${machines.reason}`);
  process.exit(2);
}
process.exit(runTool('tsx', ['test/coverage/main.ts', ...process.argv.slice(2)]) ?? 1);
