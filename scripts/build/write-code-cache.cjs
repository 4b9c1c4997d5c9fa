// write-code-cache.cjs PROGRAM ROOT: runs a program of a build, for the most part on a root directory, and keeps what V8
// compiled, with its checksum behind it.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { basename } = require('node:path');

const [, , file, root] = process.argv;
const program = require(file);

const service = 'dcos-mesos-slave.service';
/** What each program is for, by the name of its file. */
const warmUps = {
  'program.js': [['--all'], [service, 'MESOS_ISOLATION', '--json'], [service, 'MESOS_ISOLATION']].map(
    (args) => ['trace', ...args, '--root', root],
  ),
  // The one ELF file that is here for certain.
  'libraries-program.js': [['inspect', '--libraries', process.execPath, '--symbols']],
};

warmUp().catch((error) => {
  process.exitCode = 1;
  throw error;
});

async function warmUp() {
  for (const args of warmUps[basename(file)]) {
    const exitCode = await program.run(args, '0');
    if (exitCode !== 0) throw new Error(`cutover ${args.join(' ')}: exit ${exitCode}`);
  }
  const { script, bundleFile, codeCacheFile, checksumOf } = program.build;
  const code = script.createCachedData();
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(checksumOf(readFileSync(bundleFile), code));
  writeFileSync(codeCacheFile, Buffer.concat([code, checksum]));
}
