// `npm run test:pairs`: real services of Debian, each replaced by a real program; what check says is what a start shows.
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';
import { fetchPairPackages } from './set-up/fetch-pair-packages.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { machines } = setUp();
if (machines.ok) fetchPairPackages(root, { others: true });
process.env.CUTOVER_PAIRS ??= 'all';
process.exit(runTool('vitest', ['run', '--project', 'machine', 'test/machine/pairs']) ?? 1);
