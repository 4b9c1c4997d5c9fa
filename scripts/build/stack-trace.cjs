// dist/stack-trace.js: the stack of an error by files and lines of src/. Loaded when somebody asks for a stack.
'use strict';
const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');

const PLACE = /((?:libraries-)?program\.bundle\.js):(\d+):(\d+)/;
const sourceMaps = new Map();

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
  const [inBundle, bundle, line, column] = place;
  try {
    const { originalSource, originalLine, originalColumn } = sourceMapOf(bundle).findEntry(
      line - 1,
      column - 1,
    );
    if (originalSource === undefined) return text;
    return text.replace(inBundle, () => `${originalSource}:${originalLine + 1}:${originalColumn + 1}`);
  } catch {
    return text;
  }
}

function sourceMapOf(bundle) {
  const known = sourceMaps.get(bundle);
  if (known !== undefined) return known;
  const sourceMap = new SourceMap(JSON.parse(readFileSync(`${__dirname}/${bundle}.map`, 'utf8')));
  sourceMaps.set(bundle, sourceMap);
  return sourceMap;
}
