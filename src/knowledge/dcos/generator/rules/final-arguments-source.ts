import { type StmtNode, walk } from 'py-ast';
import { parsePython } from '../../../../formats/python/parse-python.ts';
import type { Statement } from '../../../../formats/python/nodes.ts';
import type { SourceFile } from '../generator-sources.ts';

/** The function that adds the last arguments, as a module of its own. */
export interface FinalArgumentsSource extends SourceFile {
  /**
   * Its parameters are `arguments` (a dict that it adds to), `user_arguments` and `secrets`; it returns what it
   * called `config_id`, or None.
   */
  readonly functionName: string;
}

const NAME = 'cutover_final_arguments';

/**
 * From 1.8 on `generate` in gen/__init__.py adds arguments after all others were resolved. This is the same file,
 * line by line, but with a function in place of `generate` that holds just the statements between the resolution
 * and the rendering. Undefined where `generate` adds none.
 */
export function finalArgumentsSource(init: SourceFile): FinalArgumentsSource | undefined {
  const parsed = parsePython(init.file, init.text);
  if (parsed.kind !== 'module') return undefined;
  const generate = parsed.body.find((node) => node.nodeType === 'FunctionDef' && node.name === 'generate');
  if (generate?.nodeType !== 'FunctionDef') return undefined;
  const part = addingPart(generate);
  if (part === undefined) return undefined;
  const lines = parsed.source.text.split('\n');
  const first = part.statements[0]?.lineno ?? generate.lineno + 1;
  const [start, end] = [generate.lineno, generate.end_lineno ?? lines.length];
  const kept = new Set(part.statements.flatMap((statement) => linesOf(statement)));
  const body = lines.slice(start - 1, end).map((line, index) => (kept.has(start + index) ? line : ''));
  body[first - 1 - start] = `def ${NAME}(${part.name}, user_arguments, secrets, resolver, sources):`;
  const after = lines.slice(end);
  const text = [
    ...lines.slice(0, start - 1),
    ...body,
    `    return ${part.hasConfigId ? 'config_id' : 'None'}`,
    ...after,
    'def get_late_variables(resolver, sources):',
    '    return {}',
    'def get_secret_variables(sources):',
    '    return sources',
    `def final_arguments(arguments, user_arguments, secrets):`,
    `    return ${NAME}(arguments, user_arguments, secrets, None, secrets)`,
    '',
  ].join('\n');
  return { file: init.file, text, functionName: 'final_arguments' };
}

interface AddingPart {
  /** What the function calls the dict. */
  readonly name: string;
  readonly statements: readonly StmtNode[];
  readonly hasConfigId: boolean;
}

function addingPart({ body }: Statement<'FunctionDef'>): AddingPart | undefined {
  const name = addedTo(body);
  if (name === undefined) return undefined;
  const resolved = body.findIndex((node) => assignedName(node) === name && callsSomething(node));
  const rendered = body.findIndex((node) => assignedName(node) === 'rendered_templates');
  if (resolved === -1 || rendered === -1) return undefined;
  const statements = body
    .slice(resolved + 1, rendered)
    .filter((node) => !isLogged(node) && !isEarlyReturn(node));
  return { name, statements, hasConfigId: statements.some((node) => assignedName(node) === 'config_id') };
}

/** The name of the dict that items are set of: `argument_dict['config_yaml'] = …`. */
function addedTo(body: readonly StmtNode[]): string | undefined {
  for (const statement of body) {
    if (statement.nodeType !== 'Assign') continue;
    const [target] = statement.targets;
    const isItem = target?.nodeType === 'Subscript' && target.slice.nodeType === 'Constant';
    if (isItem && target.value.nodeType === 'Name' && /argument/.test(target.value.id))
      return target.value.id;
  }
  return undefined;
}

function assignedName(node: StmtNode): string | undefined {
  const target = node.nodeType === 'Assign' ? node.targets[0] : undefined;
  return target?.nodeType === 'Name' ? target.id : undefined;
}

function callsSomething(node: StmtNode): boolean {
  return [...walk(node)].some((inner) => inner.nodeType === 'Call');
}

function isLogged(node: StmtNode): boolean {
  if (node.nodeType !== 'Expr' || node.value.nodeType !== 'Call') return false;
  const { func } = node.value;
  return func.nodeType === 'Attribute' && func.value.nodeType === 'Name' && func.value.id === 'log';
}

/** `if validate_only: return`, at 1.8.0. */
function isEarlyReturn(node: StmtNode): boolean {
  return node.nodeType === 'If' && node.body.every((inner) => inner.nodeType === 'Return');
}

function linesOf({ lineno, end_lineno }: StmtNode): number[] {
  return Array.from({ length: (end_lineno ?? lineno) - lineno + 1 }, (_, index) => lineno + index);
}
