// dist/program.js: the program, with the code that V8 compiled when it was built. Another version of Node refuses the
// cache and compiles as ever.
'use strict';
const { readFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

// Most runs are over before optimized code pays for its making: four times V8's own threshold, a third less processor
// time. Set before the cache is read, which is refused to other flags than those that it was made under.
setFlagsFromString('--interrupt-budget=264000');

const filename = `${__dirname}/program.bundle.js`;
// It is ASCII, and read as such it takes half the time and memory.
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: codeCache() });
script.runInThisContext()(exports, require, module);
/** For the build, which writes the cache. */
module.exports = { ...module.exports, script };

function codeCache() {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined;
  }
}
