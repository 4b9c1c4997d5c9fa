import { recodeText } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall, NativeFunction } from '../../interpreter.ts';
import { NONE, derivedStr, pyBool, pyInt, pyList, raiseWith, undecidable } from '../../make.ts';
import { onlyArguments, optional, required, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { replaceCharacters } from '../str/replace-characters.ts';

/** What the evaluated program asks of the file system: inputs, all of them. */
export const FILE_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  open: openFile,
  'io.open': openFile,
  'os.listdir': (call) => names(call, 'path'),
  'os.path.exists': (call) => pyBool(isFile(call) || isDirectory(call)),
  'os.path.isdir': (call) => pyBool(isDirectory(call)),
  'os.path.isfile': (call) => pyBool(isFile(call)),
  // Links are followed where the inputs are made.
  'os.path.lexists': (call) => pyBool(isFile(call) || isDirectory(call)),
};

function openFile(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['file', 'mode', 'encoding', 'errors', 'newline', 'buffering']);
  const path = pathOf(call, 'file');
  const given = optional(call, 1, 'mode');
  const mode = given === undefined ? 'r' : textOf(given, call).toString();
  if (!/^(?:r|r[tb]|[tb]r)$/.test(mode)) {
    undecidable(`${path} opened in the mode '${mode}'`, call.at);
  }
  const content = contentOf(path, call);
  if (content !== null) {
    if (mode.includes('b')) return { kind: 'file', content, isBinary: true };
    const newline = call.keywords.get('newline') ?? NONE;
    return { kind: 'file', content: newline.kind === 'none' ? withLineFeeds(content) : content };
  }
  if (directoryAt(path, call) != null) return raiseOs('IsADirectoryError', 21, 'Is a directory', path, call);
  return raiseOs('FileNotFoundError', 2, 'No such file or directory', path, call);
}

/** A text file is read with a line feed for every way to end a line. */
function withLineFeeds(content: TracedText): TracedText {
  const plain = content.toString();
  let offset = 0;
  return replaceCharacters(content, (character, own) => {
    offset += character.length;
    if (character !== '\r') return undefined;
    if (plain.charAt(offset) === '\n') return TracedText.empty;
    return recodeText(own(), () => '\n');
  });
}

/** `os.listdir(path)`, in an order that the file system of another machine chose. */
function names(call: NativeCall, parameter: string): PyValue {
  onlyArguments(call, 1, [parameter]);
  const path = pathOf(call, parameter);
  const listed = directoryAt(path, call);
  if (listed === undefined) return undecidable(`the directory ${path} of the generator`, call.at);
  if (listed === null) return raiseOs('FileNotFoundError', 2, 'No such file or directory', path, call);
  return pyList(
    listed.map((name) => derivedStr(name, call.at)),
    call.at,
  );
}

function isFile(call: NativeCall): boolean {
  return contentOf(pathOf(call, 'path'), call) !== null;
}

/** Where only files can be asked for, what isn't a file isn't there. */
function isDirectory(call: NativeCall): boolean {
  const path = pathOf(call, 'path');
  const { inputs } = call.interpreter;
  const onlyFiles = inputs.directory === undefined;
  if (onlyFiles && inputs.fileContent?.(path) === null) return false;
  const listed = directoryAt(path, call);
  return listed === undefined
    ? undecidable(`the directory ${path} of the generator`, call.at)
    : listed !== null;
}

function directoryAt(path: string, call: NativeCall): readonly string[] | null | undefined {
  return call.interpreter.inputs.directory?.(path);
}

/** The content of a file that the program asks for, or null when there is none. */
function contentOf(path: string, call: NativeCall): TracedText | null {
  const content = call.interpreter.inputs.fileContent?.(path);
  return content === undefined ? undecidable(`the file ${path} of the generator`, call.at) : content;
}

function pathOf(call: NativeCall, parameter: string): string {
  return textOf(required(call, 0, parameter), call).toString();
}

/** An `OSError` as `str()` shows it. */
function raiseOs(type: string, errno: number, strerror: string, path: string, call: NativeCall): never {
  const { at } = call;
  const attributes = new Map<string, PyValue>([
    ['errno', pyInt(errno)],
    ['strerror', derivedStr(strerror, at)],
    ['filename', derivedStr(path, at)],
    ['filename2', NONE],
  ]);
  return raiseWith(type, [derivedStr(`[Errno ${errno}] ${strerror}: '${path}'`, at)], at, attributes);
}
