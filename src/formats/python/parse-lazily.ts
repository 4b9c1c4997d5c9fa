import { type FunctionDef, parse, type StmtNode } from 'py-ast';
import { type FunctionBody, functionBodies, lineFeeds } from './function-bodies.ts';

/**
 * The statements of a module, as the parser makes them, but with the body of each function parsed when it is first
 * asked for: a generator has hundreds of functions, and a trace calls a handful. A body that isn't Python is a
 * `raise SyntaxError(…)`. Throws what the parser throws for the rest of the text.
 */
export function parseLazily(text: string): readonly StmtNode[] {
  const bodies = functionBodies(text);
  if (bodies === undefined || bodies.length === 0) return parse(text).body;
  const statements = parse(withoutBodies(text, bodies)).body;
  const byLine = new Map(bodies.map((body) => [body.line, body]));
  attach(statements, byLine, text);
  // One that is still there stands where functions aren't looked for.
  return byLine.size === 0 ? statements : parse(text).body;
}

/** Lines and columns of what is left stay as they are. */
function withoutBodies(text: string, bodies: readonly FunctionBody[]): string {
  let kept = '';
  let from = 0;
  for (const body of bodies) {
    kept += `${text.slice(from, body.from)} pass${'\n'.repeat(lineFeeds(text.slice(body.from, body.to)))}`;
    from = body.to;
  }
  return kept + text.slice(from);
}

function attach(statements: readonly StmtNode[], bodies: Map<number, FunctionBody>, text: string): void {
  for (const statement of statements) {
    if (statement.nodeType === 'ClassDef') attach(statement.body, bodies, text);
    if (statement.nodeType !== 'FunctionDef') continue;
    const body = bodies.get(statement.lineno);
    if (body === undefined) continue;
    bodies.delete(statement.lineno);
    makeLazy(statement, body, text);
  }
}

function makeLazy(node: FunctionDef, body: FunctionBody, text: string): void {
  let parsed: StmtNode[] | undefined;
  Object.defineProperty(node, 'body', {
    enumerable: true,
    get: () => (parsed ??= parseBody(text, body)),
  });
  node.end_lineno = body.lastLine;
  const lastLine = text.slice(text.lastIndexOf('\n', body.to - 1) + 1, body.to);
  node.end_col_offset = Buffer.byteLength(lastLine);
}

function parseBody(text: string, { start, to, line, indented }: FunctionBody): StmtNode[] {
  const source = text.slice(start, to);
  // A method is a statement of its own below something that may be indented.
  const [statement] = statementsOf(indented ? `if 1:\n${source}` : source);
  const found = statement?.nodeType === 'If' && indented ? statement.body[0] : statement;
  const body = found?.nodeType === 'FunctionDef' ? found.body : found === undefined ? [] : [found];
  const below = line - (indented ? 2 : 1);
  for (const node of body) moveDown(node, below);
  return body;
}

function statementsOf(source: string): StmtNode[] {
  try {
    return parse(source).body;
  } catch (error) {
    const message =
      error instanceof RangeError || !(error instanceof Error) ? 'nested too deeply' : error.message;
    return parse(`raise SyntaxError(${JSON.stringify(message.replace(/ at line \d+.*$/, ''))})`).body;
  }
}

/** Adds to the line numbers of a node and all that it holds. */
function moveDown(node: object, lines: number): void {
  if ('lineno' in node && typeof node.lineno === 'number') node.lineno += lines;
  if ('end_lineno' in node && typeof node.end_lineno === 'number') node.end_lineno += lines;
  const fields: readonly unknown[] = Object.values(node);
  for (const inner of fields) if (typeof inner === 'object' && inner !== null) moveDown(inner, lines);
}
