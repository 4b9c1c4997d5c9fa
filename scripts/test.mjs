// `npm test`: sets up, lints, runs the unit tests, then the tests on real machines. Prints one closing line.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';
import { fetchPairPackages } from './set-up/fetch-pair-packages.mjs';
import { fetchPluginPackages } from './set-up/fetch-plugin-packages.mjs';
import { fetchSwapPackages } from './set-up/fetch-swap-packages.mjs';
import { fetchServicePackages } from './set-up/fetch-service-packages.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = `${root}/.cache/test-report.json`;

const { machines } = setUp();
if (machines.ok) {
  fetchServicePackages(root);
  fetchPluginPackages(root);
  fetchSwapPackages(root);
  fetchPairPackages(root, { others: false });
}
if (!machines.ok) {
  console.log(`\nTests on real machines can't run here: ${machines.reason}\n`);
}
const lint = spawnSync('node', ['scripts/lint.mjs'], { cwd: root, stdio: 'inherit' });

rmSync(report, { force: true });
const tests = runTool('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]);

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport();
const lintFailed = lint.status === 0 ? 0 : 1;
console.log(
  `${numPassedTests + 1 - lintFailed} passed, ${numFailedTests + lintFailed} failed, ${numPendingTests + numTodoTests} skipped`,
);
process.exit(lint.status === 0 && tests === 0 ? 0 : 1);

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  }
}
