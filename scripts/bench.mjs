// `npm run bench`: sets up, measures, prints a table and writes bench/results.json.
import { runTool } from './run-tool.mjs';
import { benchPeers } from './set-up/bench-peers.mjs';
import { installDebianPackages } from './set-up/install-debian-packages.mjs';
import { setUp } from './set-up.mjs';

setUp();
installDebianPackages(benchPeers, 'comparisons with other programs');
process.exit(runTool('tsx', ['bench/main.ts']) ?? 1);
