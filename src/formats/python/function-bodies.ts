/** The body of a function in the text of a module. Lines count from 1, offsets are of the text. */
export interface FunctionBody {
  /** The line of its `def`. */
  readonly line: number;
  /** Of the first character of the line of its `def`, and of the first behind the colon of its header. */
  readonly start: number;
  readonly from: number;
  /** Behind its last character that isn't blank. */
  readonly to: number;
  readonly lastLine: number;
  readonly indented: boolean;
}

/**
 * Finds the bodies of the functions of a module and of its classes, those of nested functions as a part of the
 * outer one's. Undefined where tabs or form feeds make the indentation a matter of opinion, or a string has no end.
 */
export function functionBodies(text: string): readonly FunctionBody[] | undefined {
  const lines = logicalLines(text);
  if (lines === undefined) return undefined;
  const bodies: FunctionBody[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const head = lines[index];
    if (head?.bodyFrom === undefined || lines[index - 1]?.isDecorator === true) continue;
    let last = index;
    while ((lines[last + 1]?.indent ?? -1) > head.indent) last += 1;
    const { end = 0, lastLine = 0 } = lines[last] ?? {};
    const { line, start, bodyFrom: from, indent } = head;
    if (last > index) bodies.push({ line, start, from, to: end, lastLine, indented: indent > 0 });
    index = last;
  }
  return bodies;
}

/** A statement from its first character to its last, over all the lines that brackets and strings join. */
interface LogicalLine {
  readonly line: number;
  readonly lastLine: number;
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly isDecorator: boolean;
  /** For a `def` that nothing follows on its line: behind the colon. */
  readonly bodyFrom: number | undefined;
}

const TOKEN = /"""|'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|#[^\n]*|\\\n|[([{}\]):\n]/g;

function logicalLines(text: string): LogicalLine[] | undefined {
  const found: LogicalLine[] = [];
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const { indent, first } = indentationAt(text, start);
    if (first === '\t' || first === '\f') return undefined;
    const read = readLogicalLine(text, start);
    if (read === undefined) return undefined;
    const lastLine = line + read.feeds;
    if (first !== '\n' && first !== '#' && first !== '') {
      const isFunction = text.startsWith('def ', start + indent);
      const { end, colon } = read;
      const bodyFrom = isFunction && colon !== undefined && colon === end - 1 ? end : undefined;
      found.push({ line, lastLine, start, end, indent, isDecorator: first === '@', bodyFrom });
    }
    line = lastLine + 1;
    start = read.next;
  }
  return found;
}

function indentationAt(text: string, start: number): { indent: number; first: string } {
  let at = start;
  while (text.charAt(at) === ' ') at += 1;
  return { indent: at - start, first: text.charAt(at) };
}

interface ReadLine {
  /** Behind the last character that is neither blank nor of a comment. */
  readonly end: number;
  /** Of the next logical line. */
  readonly next: number;
  /** Line feeds inside. */
  readonly feeds: number;
  /** The first colon outside brackets. */
  readonly colon: number | undefined;
}

function readLogicalLine(text: string, start: number): ReadLine | undefined {
  let [depth, feeds] = [0, 0];
  let colon: number | undefined;
  let comment: number | undefined;
  TOKEN.lastIndex = start;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [word] = token;
    if (word === '\n' && depth === 0) {
      return { end: endOfCode(text, comment ?? token.index), next: TOKEN.lastIndex, feeds, colon };
    }
    comment = undefined;
    if (word === '"""' || word === "'''") {
      const end = endOfLongString(text, TOKEN.lastIndex, word);
      if (end === undefined) return undefined;
      feeds += lineFeeds(text.slice(TOKEN.lastIndex, end));
      TOKEN.lastIndex = end;
    } else if (word.startsWith('#')) comment = token.index;
    else if (word === ':') colon = depth === 0 ? (colon ?? token.index) : colon;
    else if ('([{'.includes(word)) depth += 1;
    else if (')]}'.includes(word)) depth = Math.max(0, depth - 1);
    else feeds += lineFeeds(word);
  }
  return { end: endOfCode(text, comment ?? text.length), next: text.length, feeds, colon };
}

function endOfCode(text: string, behind: number): number {
  let end = behind;
  while (text.charAt(end - 1) === ' ') end -= 1;
  return end;
}

function endOfLongString(text: string, from: number, quotes: string): number | undefined {
  for (let at = text.indexOf(quotes, from); at !== -1; at = text.indexOf(quotes, at + 1)) {
    let backslashes = 0;
    while (at - 1 - backslashes >= from && text.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + quotes.length;
  }
  return undefined;
}

export function lineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
