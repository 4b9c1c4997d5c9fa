// `npm run test:systemd -- --seed N --cases N`: random environment files and units, read by a real systemd and by
// Cutover. Needs what test machines need (root, systemd-container); installs it where it can.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

const { machines } = setUp();
if (!machines.ok) {
  console.error(`test:systemd needs a test machine: ${machines.reason}`);
  process.exit(2);
}
process.exit(runTool('tsx', ['test/systemd/main.ts', ...process.argv.slice(2)]) ?? 1);
