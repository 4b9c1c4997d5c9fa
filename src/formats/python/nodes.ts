import { type ASTNodeUnion, type ExprNode, type StmtNode, iterChildNodes } from 'py-ast';

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
    if (enters(node)) for (const child of iterChildNodes(node)) pending.push(child);
  }
}
