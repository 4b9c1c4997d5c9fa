// dist/program.js: the program, with the code that V8 compiled when it was built. Another version of Node has no such
// cache and compiles as ever.
'use strict';
const { readFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const filename = `${__dirname}/program.bundle.js`;
const codeCache = `${__dirname}/program.${process.version}.cache`;
// Most runs are over before optimized code pays for its making: with four times V8's own threshold they take a third
// less processor time.
const flags = '--interrupt-budget=264000';

const cachedData = cached();
// Before the script: V8 refuses a cache that was made under other flags.
if (cachedData !== undefined) setFlagsFromString(flags);
// It is ASCII, and read as such it takes half the time and memory.
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
script.runInThisContext()(exports, require, module);
/** What the build needs to write the cache. */
module.exports = { ...module.exports, build: { script, codeCache, flags } };

function cached() {
  try {
    return readFileSync(codeCache);
  } catch {
    return undefined;
  }
}
