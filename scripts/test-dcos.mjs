// `npm run test:dcos -- --sources DIR [--expected DIR]`: holds the evaluation of the DC/OS generator in a checkout
// against what the real one computed. Needs node_modules and nothing else.
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';
import { installNodeModules } from './set-up/install-node-modules.mjs';

installNodeModules(fileURLToPath(new URL('..', import.meta.url)));
process.exit(runTool('tsx', ['test/dcos-sources/main.ts', ...process.argv.slice(2)]) ?? 1);
