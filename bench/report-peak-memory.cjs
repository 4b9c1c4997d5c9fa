// Preloaded into a program that is measured: writes the most memory that it had, in kilobytes, to file descriptor 3.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
