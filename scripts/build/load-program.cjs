// dist/program.js and its like: the program of this name, with the code that V8 compiled when it was built.
'use strict';
const { readFileSync } = require('node:fs');
const { basename } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

// V8 keeps the name in the cache, so it says nothing of where the build was.
const name = basename(__filename, '.js');
const filename = `${name}.bundle.js`;
const bundleFile = `${__dirname}/${filename}`;
const codeCacheFile = `${__dirname}/${name}.${process.version}-${process.platform}-${process.arch}.cache`;
const CHECKSUM_BYTES = 4;
/**
 * How much code runs before V8 makes optimized code of it: its own threshold is 67584. Most runs are over before that
 * pays: with four times as much a trace takes a third less processor time, with fifteen times as much the libraries of
 * all programs of a machine a fifth less than with four. With all their symbols, too, they take 7 % more.
 */
const INTERRUPT_BUDGETS = { program: 264_000, 'libraries-program': 1_000_000 };

const script = compile();
// The cache was accepted, so this is the Node that the build tried it on.
if (script.cachedDataRejected === false) setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGETS[name]}`);
Error.prepareStackTrace = (error, frames) => require('./stack-trace.js').stackTrace(error, frames);
script.runInThisContext()(exports, require, module);
/** What the build needs to write the cache. */
module.exports = { ...module.exports, build: { script, bundleFile, codeCacheFile, checksumOf } };

/** Nothing of the files outlives it: megabytes outside V8's heap make it collect garbage, 12 ms in a cold start. */
function compile() {
  const bundle = readFileSync(bundleFile);
  // It is ASCII, and read as such it takes half the time and memory.
  const source = bundle.latin1Slice();
  return fromCodeCache(bundle, source) ?? new Script(source, { filename });
}

/** Without a cache that is whole and of this Node and bundle, the program is compiled as any other: only slower. */
function fromCodeCache(bundle, source) {
  try {
    const file = readFileSync(codeCacheFile);
    const code = file.subarray(0, -CHECKSUM_BYTES);
    if (file.readUInt32LE(code.length) !== checksumOf(bundle, code)) return undefined;
    return new Script(source, { filename, cachedData: code });
  } catch {
    return undefined;
  }
}

/**
 * V8 itself compares versions, flags and the length of the source, no more: it runs the code of a bundle that has been
 * edited since, and crashes on damaged code. A CRC is against accidents; who means harm can write this file, too.
 */
function checksumOf(bundle, code) {
  // Not node:crypto, which takes a cold start 14 ms to load; this and the sum take 2 ms.
  const { crc32 } = require('node:zlib');
  return crc32(code, crc32(bundle, crc32(JSON.stringify(process.versions))));
}
