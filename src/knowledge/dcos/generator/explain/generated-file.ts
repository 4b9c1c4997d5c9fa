import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';

/** A file of a node as its generator's sources make it. */
export interface GeneratedFile {
  /** As asked for, on the node. */
  readonly path: string;
  /**
   * What the sources make. When it is `identical`, offsets in it are offsets in the file; what only the file
   * itself told is an `input` there. Otherwise a value that is not known is `{{ name }}`.
   */
  readonly content: TracedText;
  /** The id of the package that holds the file. */
  readonly package?: string;
  /** Where the template says the file's path. */
  readonly template: Place;
  readonly rerender: Rerender;
  readonly unknownArguments: readonly UnknownArgument[];
}

export type Rerender =
  /** `meaning`: a JSON document that differs in the order of its keys or in blanks alone. */
  | { readonly kind: 'identical'; readonly by: 'bytes' | 'meaning' }
  /** The first lines that differ; line and column are the node's file's. */
  | {
      readonly kind: 'different';
      readonly line: number;
      readonly column: number;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly kind: 'not-possible'; readonly reason: string };

/** An argument that the sources alone don't tell. */
export interface UnknownArgument {
  readonly name: string;
  readonly reason: string;
  /** What the file on the node says it was. */
  readonly recovered?: string;
}
