import { TracedText } from '../../../../text/traced-text.ts';
import { isTrue } from '../../compare-values.ts';
import type { NativeCall } from '../../interpreter.ts';
import { checkLength, pyStr } from '../../make.ts';
import { onlyArguments, optional, required, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { isPythonSpace } from '../../whitespace.ts';
import { linesOf } from '../str/split.ts';

/** `textwrap.indent(text, prefix, predicate)`: without a predicate, lines of white space alone stay as they are. */
export function indent(call: NativeCall): PyValue {
  onlyArguments(call, 3, ['text', 'prefix', 'predicate']);
  const text = textOf(required(call, 0, 'text'), call);
  const prefix = textOf(required(call, 1, 'prefix'), call);
  const predicate = optional(call, 2, 'predicate');
  const lines = linesOf(text, true);
  checkLength(text.length + lines.length * prefix.length, call.at);
  call.interpreter.spend(lines.length);
  const isIndented = (line: TracedText) => {
    if (predicate === undefined || predicate.kind === 'none') return !isBlank(line.toString());
    const args = [pyStr(line, call.at)];
    return isTrue(call.interpreter.call(predicate, { args, keywords: new Map() }, call.at));
  };
  return pyStr(
    TracedText.concat(lines.flatMap((line) => (isIndented(line) ? [prefix, line] : [line]))),
    call.at,
  );
}

/** `textwrap.dedent(text)`: without the white space that all lines begin with; lines of blanks alone become empty. */
export function dedent(call: NativeCall): PyValue {
  onlyArguments(call, 1, ['text']);
  const text = textOf(required(call, 0, 'text'), call);
  const lines = linesAtFeeds(text);
  call.interpreter.spend(lines.length);
  const margins = lines.flatMap((line) => {
    const [margin = '', first] = /^([ \t]*)([^ \t\n])?/.exec(line.toString())?.slice(1) ?? [];
    return first === undefined ? [] : [margin];
  });
  const margin = margins.reduce<string | undefined>(
    (common, next) => (common === undefined ? next : commonStart(common, next)),
    undefined,
  );
  const dedented = lines.map((line) => {
    const plain = line.toString();
    if (/^[ \t]*\n?$/.test(plain)) return line.slice(plain.replace(/\n$/, '').length);
    return line.slice((margin ?? '').length);
  });
  return pyStr(TracedText.concat(dedented), call.at);
}

function linesAtFeeds(text: TracedText): TracedText[] {
  let from = 0;
  return (text.toString().match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    from += line.length;
    return text.slice(from - line.length, from);
  });
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a.charAt(length) === b.charAt(length)) length += 1;
  return a.slice(0, length);
}

function isBlank(line: string): boolean {
  return Array.from(line).every(isPythonSpace);
}
