import { TracedText } from '../../../text/traced-text.ts';
import { numberOf } from '../compare-values.ts';
import { Undecidable } from '../faults.ts';
import type { NativeCall, NativeFunction } from '../interpreter.ts';
import { NONE, checkLength, pyBool, pyInt, pyStr, raise, undecidable } from '../make.ts';
import { onlyArguments, optional, required, textOf, typeName } from '../native-arguments.ts';
import type { PyValue } from '../value.ts';
import { isPythonSpace } from '../whitespace.ts';
import { jsonDumps } from './json-dumps.ts';
import { jsonLoads } from './json-loads.ts';
import { yamlDump } from './yaml-dump.ts';

/** The functions of the standard library (and PyYAML) that are evaluated. Those that reach outside ask `inputs`. */
export const MODULE_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  'json.dumps': jsonDumps,
  'json.loads': jsonLoads,
  'math.floor': floor,
  'os.getenv': environmentVariable,
  'os.path.dirname': directoryName,
  'os.path.exists': (call) => pyBool(fileContent(call) !== null),
  open: openFile,
  'textwrap.indent': indent,
  'yaml.dump': yamlDump,
};

function floor(call: NativeCall): PyValue {
  const value = required(call, 0);
  if (value.kind === 'unknown') throw new Undecidable(value);
  const number = numberOf(value);
  if (number === undefined) return raise('TypeError', `must be real number, not ${typeName(value)}`, call.at);
  return pyInt(typeof number === 'bigint' ? number : BigInt(Math.floor(number)));
}

function environmentVariable(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['default']);
  const name = textOf(required(call, 0), call).toString();
  const value = call.interpreter.inputs.environmentVariable?.(name);
  if (value === undefined) return undecidable(`the environment variable ${name} of the generator`, call.at);
  return value === null ? (optional(call, 1, 'default') ?? NONE) : pyStr(value, call.at);
}

function fileContent(call: NativeCall): TracedText | null {
  const path = textOf(required(call, 0), call).toString();
  const content = call.interpreter.inputs.fileContent?.(path);
  return content === undefined ? undecidable(`the file ${path} of the generator`, call.at) : content;
}

function openFile(call: NativeCall): PyValue {
  onlyArguments(call, 1, ['encoding']);
  const content = fileContent(call);
  if (content === null) return raise('FileNotFoundError', 'No such file or directory', call.at);
  return { kind: 'file', content };
}

function directoryName(call: NativeCall): PyValue {
  const path = textOf(required(call, 0), call);
  const head = path.slice(0, path.toString().lastIndexOf('/') + 1);
  const trimmed = head.toString().replace(/\/+$/, '');
  return pyStr(trimmed === '' ? head : head.slice(0, trimmed.length), call.at);
}

/** Lines of white space alone stay as they are (library reference, textwrap.indent). */
function indent(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['text', 'prefix']);
  const text = textOf(required(call, 0, 'text'), call);
  const prefix = textOf(required(call, 1, 'prefix'), call);
  const lines = linesOf(text);
  checkLength(text.length + lines.length * prefix.length, call.at);
  call.interpreter.spend(lines.length);
  const isBlank = (line: TracedText) => Array.from(line.toString()).every(isPythonSpace);
  const indented = lines.flatMap((line) => (isBlank(line) ? [line] : [prefix, line]));
  return pyStr(TracedText.concat(indented), call.at);
}

/** `text.splitlines(True)`: more characters end a line than the line feed. */
function linesOf(text: TracedText): TracedText[] {
  const lines = text.toString().match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[^]|$)/g) ?? [];
  let from = 0;
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const start = from;
      from += line.length;
      return text.slice(start, from);
    });
}
