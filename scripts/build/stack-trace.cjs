// dist/stack-trace.js: the stack of an error by files and lines of src/. Loaded when somebody asks for a stack.
'use strict';
const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');

const PLACE = /program\.bundle\.js:(\d+):(\d+)/;
let sourceMap;

/** What Error.prepareStackTrace asks for. Without the source map the places are those of the bundle. */
exports.stackTrace = (error, frames) =>
  [titleOf(error), ...frames.map((frame) => `    at ${placed(frame)}`)].join('\n');

function titleOf(error) {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function placed(frame) {
  const text = String(frame);
  const place = PLACE.exec(text);
  if (place === null) return text;
  const [inBundle, line, column] = place;
  try {
    sourceMap ??= new SourceMap(JSON.parse(readFileSync(`${__dirname}/program.bundle.js.map`, 'utf8')));
    const { originalSource, originalLine, originalColumn } = sourceMap.findEntry(line - 1, column - 1);
    if (originalSource === undefined) return text;
    return text.replace(inBundle, () => `${originalSource}:${originalLine + 1}:${originalColumn + 1}`);
  } catch {
    return text;
  }
}
