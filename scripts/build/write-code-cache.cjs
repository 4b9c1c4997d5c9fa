// write-code-cache.cjs DIST ROOT: runs the program of a build on a root directory, and keeps what V8 compiled.
'use strict';
const { writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');

const [, , dist, root] = process.argv;
const program = require(`${dist}/program.js`);

warmUp().catch((error) => {
  process.exitCode = 1;
  throw error;
});

async function warmUp() {
  const service = 'dcos-mesos-slave.service';
  for (const args of [['--all'], [service, 'MESOS_ISOLATION', '--json'], [service, 'MESOS_ISOLATION']]) {
    const exitCode = await program.run(['trace', ...args, '--root', root], '0');
    if (exitCode !== 0) throw new Error(`cutover trace ${args.join(' ')}: exit ${exitCode}`);
  }
  // The cache carries the flags of the moment it is made.
  setFlagsFromString(program.build.flags);
  writeFileSync(program.build.codeCache, program.build.script.createCachedData());
}
