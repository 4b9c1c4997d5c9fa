// `npm run test:mutants -- --kind sync|inverse|any --only PATTERN --seed N --count N`: takes one sync, one inverse, one
// condition or one call out of the engine at a time and wants a run on a test machine to notice. Needs what test machines
// need; installs it where it can.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

const { machines } = setUp();
if (!machines.ok) {
  console.error(`test:mutants needs a test machine: ${machines.reason}`);
  process.exit(2);
}
process.exit(runTool('tsx', ['test/mutants/main.ts', ...process.argv.slice(2)]) ?? 1);
