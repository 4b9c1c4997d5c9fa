// write-code-cache.cjs DIST ROOT: runs the program of a build on a root directory, and keeps what V8 compiled.
'use strict';
const { writeFileSync } = require('node:fs');

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
  writeFileSync(`${dist}/program.bundle.js.cache`, program.script.createCachedData());
}
