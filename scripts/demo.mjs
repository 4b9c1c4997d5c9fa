// `npm run demo`: sets up, then replays the story of 2016, on a test machine where one can boot.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

setUp();
process.exit(runTool('tsx', ['demo/main.ts']) ?? 1);
