// write-code-cache.cjs DIST ROOT: runs the program of a build on a root directory, and keeps what V8 compiled, with
// its checksum behind it.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');

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
  const { script, bundleFile, codeCacheFile, checksumOf } = program.build;
  const code = script.createCachedData();
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(checksumOf(readFileSync(bundleFile), code));
  writeFileSync(codeCacheFile, Buffer.concat([code, checksum]));
}
