// `npm run test:copies`: every service of this machine against an identical copy of its program; noise is a defect.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

setUp();
process.env.CUTOVER_COPIES = 'all';
process.exit(
  runTool('vitest', ['run', '--project', 'unit', 'test/unit/check/identical-copies.test.ts']) ?? 1,
);
