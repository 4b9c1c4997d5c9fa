// `npm run test:effects`: a setting of every service of a machine with Debian's packages; other units and files do what its plan says.
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';
import { fetchEffectsPackages } from './set-up/fetch-effects-packages.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { machines } = setUp();
if (machines.ok) fetchEffectsPackages(root);
process.env.CUTOVER_EFFECTS ??= 'all';
process.exit(runTool('vitest', ['run', '--project', 'machine', 'test/machine/effects']) ?? 1);
