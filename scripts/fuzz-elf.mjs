// `npm run fuzz:elf -- --seed N --count N`: damaged ELF files, read by processes that may not crash, hang or grow.
import { runTool } from './run-tool.mjs';
import { setUp } from './set-up.mjs';

setUp();
process.exit(runTool('tsx', ['test/elf-fuzz/main.ts', ...process.argv.slice(2)]) ?? 1);
