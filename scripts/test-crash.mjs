// `npm run test:crash -- --seed N --points N --recoveries N --power-cuts N`: kills the built Cutover at its numbered
// deeds on a test machine; `all` for a number means all of them. Needs what test machines need; installs it where it can.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

const { machines } = setUp();
if (!machines.ok) {
  console.error(`test:crash needs a test machine: ${machines.reason}`);
  process.exit(2);
}
process.exit(runTool('tsx', ['test/crash/main.ts', ...process.argv.slice(2)]) ?? 1);
