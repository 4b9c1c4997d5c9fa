import type { ASTNodeUnion, ExprNode, StmtNode } from 'py-ast';

/** An expression node of one type, as `ast` of CPython names it. */
export type Expression<Type extends ExprNode['nodeType']> = Extract<ExprNode, { nodeType: Type }>;

/** A statement node of one type. */
export type Statement<Type extends StmtNode['nodeType']> = Extract<StmtNode, { nodeType: Type }>;

/** What of a node says where it stands. */
export interface Positioned {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno?: number;
  readonly end_col_offset?: number;
}

/** The nodes and all below them, in no particular order; what is below a node only if `enters` says so. */
export function* nodesIn(
  roots: readonly ASTNodeUnion[],
  enters: (node: ASTNodeUnion) => boolean = () => true,
): Generator<ASTNodeUnion> {
  const pending = [...roots];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    if (enters(node)) addChildren(node, pending);
  }
}

/** As the parser's own `iterChildNodes`, without its generators and pairs: whole functions are gone through. */
function addChildren(node: ASTNodeUnion, pending: ASTNodeUnion[]): void {
  const fields: readonly unknown[] = Object.values(node);
  for (const field of fields) {
    if (Array.isArray(field)) {
      for (const item of field) if (isNode(item)) pending.push(item);
    } else if (isNode(field)) pending.push(field);
  }
}

function isNode(value: unknown): value is ASTNodeUnion {
  return typeof value === 'object' && value !== null && 'nodeType' in value;
}
