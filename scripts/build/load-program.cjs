// dist/program.js: the program, with the code that V8 compiled when it was built. Another version of Node refuses the
// cache and compiles as ever.
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

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
