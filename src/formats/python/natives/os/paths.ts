import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall, NativeFunction } from '../../interpreter.ts';
import { pyBool, pyStr, pyTuple } from '../../make.ts';
import { iterate, onlyArguments, required, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** The functions of `os.path` (posixpath) that look at nothing but the text. */
export const PATH_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  'os.path.basename': (call) => {
    const path = pathOf(call);
    return pyStr(path.slice(path.toString().lastIndexOf('/') + 1), call.at);
  },
  'os.path.commonprefix': (call) => {
    onlyArguments(call, 1);
    const [first, ...others] = iterate(required(call, 0), call).map((path) => textOf(path, call));
    if (first === undefined) return pyStr(TracedText.empty, call.at);
    let length = first.length;
    for (const other of others) {
      while (!other.toString().startsWith(first.toString().slice(0, length))) length -= 1;
    }
    return pyStr(first.slice(0, length), call.at);
  },
  'os.path.dirname': (call) => pyStr(directoryOf(pathOf(call)), call.at),
  'os.path.isabs': (call) => pyBool(pathOf(call).toString().startsWith('/')),
  'os.path.join': join,
  'os.path.normcase': (call) => pyStr(pathOf(call), call.at),
  'os.path.normpath': normalized,
  'os.path.split': (call) => {
    const path = pathOf(call);
    const name = path.slice(path.toString().lastIndexOf('/') + 1);
    return pair(directoryOf(path), name, call);
  },
  'os.path.splitext': (call) => {
    const path = pathOf(call);
    const cut = extensionStart(path.toString());
    return pair(path.slice(0, cut), path.slice(cut), call);
  },
};

function pathOf(call: NativeCall): TracedText {
  onlyArguments(call, 1);
  return textOf(required(call, 0), call);
}

function pair(first: TracedText, second: TracedText, call: NativeCall): PyValue {
  return pyTuple([pyStr(first, call.at), pyStr(second, call.at)], call.at);
}

/** What stands before the last slash; without the slashes at its end, unless it is of slashes alone. */
function directoryOf(path: TracedText): TracedText {
  const head = path.slice(0, path.toString().lastIndexOf('/') + 1);
  const trimmed = head.toString().replace(/\/+$/, '');
  return trimmed === '' ? head : head.slice(0, trimmed.length);
}

/** Where the extension begins: the dots that a name begins with begin none. */
function extensionStart(path: string): number {
  const dot = path.lastIndexOf('.');
  const name = path.slice(path.lastIndexOf('/') + 1, Math.max(0, dot));
  return /[^.]/.test(name) ? dot : path.length;
}

/** An absolute part drops what stands before it. */
function join(call: NativeCall): PyValue {
  onlyArguments(call, Number.POSITIVE_INFINITY);
  required(call, 0);
  let path = TracedText.empty;
  for (const [index, part] of call.args.entries()) {
    const text = textOf(part, call);
    const plain = path.toString();
    if (index === 0 || text.toString().startsWith('/')) path = text;
    else {
      const slash = plain === '' || plain.endsWith('/') ? [] : [derived('/', call)];
      path = TracedText.concat([path, ...slash, text]);
    }
  }
  return pyStr(path, call.at);
}

/** Without `.`, `..` and doubled slashes; two slashes at the beginning stay. */
function normalized(call: NativeCall): PyValue {
  const path = pathOf(call);
  const plain = path.toString();
  const [root = ''] = /^\/{0,2}(?!\/)|^\//.exec(plain) ?? [];
  const kept: TracedText[] = [];
  let from = 0;
  for (const name of plain.split('/')) {
    const part = path.slice(from, from + name.length);
    from += name.length + 1;
    if (name === '' || name === '.') continue;
    if (name !== '..' || (root === '' && kept.length === 0) || kept.at(-1)?.toString() === '..')
      kept.push(part);
    else kept.pop();
  }
  if (root === '' && kept.length === 0) return pyStr(derived('.', call), call.at);
  const parts = kept.flatMap((part, index) => (index === 0 ? [part] : [derived('/', call), part]));
  return pyStr(TracedText.concat([path.slice(0, root.length), ...parts]), call.at);
}

function derived(text: string, call: NativeCall): TracedText {
  return TracedText.from(text, { kind: 'derived', rule: call.at.text, place: call.at.place });
}
