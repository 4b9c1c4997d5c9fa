import type { ExprNode, StmtNode } from 'py-ast';

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
