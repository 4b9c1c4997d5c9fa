import type { ASTNodeUnion } from 'py-ast';
import { nodesIn } from './nodes.ts';
import type { PyFunction } from './value.ts';

/** What the names in a function's body refer to, and whether it is a generator. */
export interface NamesOfFunction {
  /** Bound somewhere in the body, so its own throughout. */
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  readonly yields: boolean;
}

const found = new WeakMap<PyFunction['node'], NamesOfFunction>();
/** What has names of its own. */
const INNER: ReadonlySet<string> = new Set(['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Lambda']);
const COMPREHENSIONS: ReadonlySet<string> = new Set(['ListComp', 'SetComp', 'DictComp', 'GeneratorExp']);

/** Found once for each function, when it is first called. */
export function namesOfFunction(node: PyFunction['node']): NamesOfFunction {
  const before = found.get(node);
  if (before !== undefined) return before;
  const names = findNames(node);
  found.set(node, names);
  return names;
}

function findNames(node: PyFunction['node']): NamesOfFunction {
  const { posonlyargs, args, kwonlyargs, vararg, kwarg } = node.args;
  const locals = new Set<string>();
  for (const parameter of [...posonlyargs, ...args, ...kwonlyargs, vararg, kwarg]) {
    if (parameter !== undefined) locals.add(parameter.arg);
  }
  const globals = new Set<string>();
  const nonlocals = new Set<string>();
  let yields = false;
  const body: readonly ASTNodeUnion[] = node.nodeType === 'Lambda' ? [node.body] : node.body;
  const inComprehensions: ASTNodeUnion[] = [];
  const visit = (inner: ASTNodeUnion) => {
    if (inner.nodeType === 'Global') for (const name of inner.names) globals.add(name);
    else if (inner.nodeType === 'Nonlocal') for (const name of inner.names) nonlocals.add(name);
    else if (inner.nodeType === 'Yield' || inner.nodeType === 'YieldFrom') yields = true;
    else for (const name of boundBy(inner)) locals.add(name);
  };
  for (const inner of nodesIn(body, (at) => !INNER.has(at.nodeType) && !COMPREHENSIONS.has(at.nodeType))) {
    if (COMPREHENSIONS.has(inner.nodeType)) inComprehensions.push(inner);
    else visit(inner);
  }
  // Of a comprehension only `:=` binds a name outside it.
  for (const inner of nodesIn(inComprehensions, (at) => !INNER.has(at.nodeType))) {
    if (inner.nodeType === 'NamedExpr' && inner.target.nodeType === 'Name') locals.add(inner.target.id);
  }
  for (const name of [...globals, ...nonlocals]) locals.delete(name);
  return { locals, globals, nonlocals, yields };
}

/** The names that a node itself binds where it stands, whatever is inside it. */
export function boundBy(node: ASTNodeUnion): readonly string[] {
  switch (node.nodeType) {
    case 'Name':
      return node.ctx.nodeType === 'Load' ? [] : [node.id];
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      return [node.name];
    case 'Alias':
      return [node.asname ?? node.name.split('.')[0] ?? node.name];
    case 'ExceptHandler':
    case 'MatchAs':
    case 'MatchStar':
      return node.name === undefined ? [] : [node.name];
    default:
      return [];
  }
}
