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
  /** Of a different one, the lines without the generator's secrets. */
  readonly masked?: Lines;
  readonly unknownArguments: readonly UnknownArgument[];
  /** What else a reader has to know, for people. */
  readonly notes?: readonly string[];
}

export type Rerender =
  | (Identical & { readonly by: 'bytes' })
  /** It differs in what means nothing, as the order of keys in JSON. */
  | (Identical & { readonly by: 'meaning'; readonly why: string })
  /** The first lines that differ; line and column are the node's file's. */
  | {
      readonly kind: 'different';
      readonly line: number;
      readonly column: number;
      readonly expected: string;
      readonly found: string;
      /** Of JSON that is laid out otherwise: the value that differs, `libraries[0].file`, and whether it alone does. */
      readonly path?: string;
      readonly isOnly?: boolean;
      /** What most likely made the difference, for people. */
      readonly likely?: string;
    }
  | { readonly kind: 'not-possible'; readonly reason: string };

/** The first lines that differ. */
export interface Lines {
  readonly expected: string;
  readonly found: string;
}

interface Identical {
  readonly kind: 'identical';
  /** Arguments whose value was told by nothing but this very file. */
  readonly takenFromFile?: readonly string[];
  /** Arguments whose value the node recorded, in the place of what the sources make. */
  readonly takenFromRecord?: readonly string[];
}

/** An argument that the sources alone don't tell. */
export interface UnknownArgument {
  readonly name: string;
  readonly reason: string;
  /** What the file on the node says it was, and where; a switch is told by the file as a whole. */
  readonly recovered?: string;
  readonly place?: Place;
}
