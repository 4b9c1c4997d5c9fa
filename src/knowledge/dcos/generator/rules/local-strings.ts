import type { ExprNode, StmtNode } from 'py-ast';
import { parsePython } from '../../../../formats/python/parse-python.ts';
import type { Expression, Statement } from '../../../../formats/python/nodes.ts';
import type { PythonSource } from '../../../../formats/python/python-source.ts';
import { stringLiteral } from '../../../../formats/python/string-literal.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { SourceFile } from '../generator-sources.ts';

/** What names are set to in a source. */
interface Assignments {
  readonly source: PythonSource;
  readonly values: ReadonlyMap<string, ExprNode>;
}

/** The texts, and lists of texts, that names stand for in a function without being calculated. */
export class LocalStrings {
  readonly #local: Assignments;
  readonly #constants: () => SourceFile | undefined;
  #imported: Assignments | undefined;

  /** `constants`: the module that names come from which the function doesn't set. */
  constructor(
    inside: Statement<'FunctionDef'>,
    source: PythonSource,
    constants: () => SourceFile | undefined,
  ) {
    this.#local = { source, values: assignments(inside.body) };
    this.#constants = constants;
  }

  listNamed(name: string): readonly TracedText[] | undefined {
    const value = this.#local.values.get(name);
    return value === undefined ? undefined : this.listOf(value);
  }

  /** A list display, a name for one, or `list(…)` of it. */
  listOf(value: ExprNode): readonly TracedText[] | undefined {
    if (value.nodeType === 'Name') return this.listNamed(value.id);
    if (value.nodeType === 'Call' && value.func.nodeType === 'Name' && value.func.id === 'list') {
      const [copied] = value.args;
      return copied === undefined ? undefined : this.listOf(copied);
    }
    if (value.nodeType !== 'List') return undefined;
    const items = value.elts.map((item) => this.textOf(item));
    return items.every((item) => item !== undefined) ? items : undefined;
  }

  textOf(value: ExprNode): TracedText | undefined {
    if (value.nodeType === 'Constant') return literal(value, this.#local.source);
    if (value.nodeType !== 'Name') return undefined;
    const local = this.#local.values.get(value.id);
    if (local !== undefined)
      return local.nodeType === 'Constant' ? literal(local, this.#local.source) : undefined;
    this.#imported ??= assignmentsOf(this.#constants());
    const imported = this.#imported?.values.get(value.id);
    return imported?.nodeType === 'Constant' && this.#imported !== undefined
      ? literal(imported, this.#imported.source)
      : undefined;
  }
}

function literal(node: Expression<'Constant'>, source: PythonSource): TracedText | undefined {
  return typeof node.value === 'string' ? stringLiteral(source, node, node.value) : undefined;
}

function assignmentsOf(file: SourceFile | undefined): Assignments | undefined {
  const parsed = file === undefined ? undefined : parsePython(file.file, file.text);
  return parsed?.kind === 'module' ? { source: parsed.source, values: assignments(parsed.body) } : undefined;
}

/** What names are set to; a node that Cutover looks at is no Windows, and was generated on none. */
function assignments(body: readonly StmtNode[]): Map<string, ExprNode> {
  const found = new Map<string, ExprNode>();
  for (const statement of body) {
    if (statement.nodeType === 'Assign') {
      for (const target of statement.targets) {
        if (target.nodeType === 'Name') found.set(target.id, statement.value);
      }
    } else if (statement.nodeType === 'If' && asksForWindows(statement.test)) {
      for (const [name, value] of assignments(statement.orelse)) found.set(name, value);
    }
  }
  return found;
}

function asksForWindows(test: ExprNode): boolean {
  return test.nodeType === 'Name' && test.id === 'is_windows';
}
