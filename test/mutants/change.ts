import type { Node } from 'typescript/unstable/ast';

/** What a rule makes of a node: another text in its place. */
export interface Change {
  readonly at: Node;
  readonly replacement: string;
  readonly how: string;
  /** The offset where it ends, when that is behind the node. */
  readonly to?: number;
}
