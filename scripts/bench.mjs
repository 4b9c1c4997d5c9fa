// `npm run bench`: sets up, measures, prints a table and writes bench/results.json.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

setUp();
process.exit(runTool('tsx', ['bench/main.ts']) ?? 1);
