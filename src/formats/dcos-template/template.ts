import type { Place } from '../../text/place.ts';
import type { TracedText } from '../../text/traced-text.ts';

/** A piece of a template of DC/OS's generator (gen/template.py, the same language from 1.7 to 2.2). */
export type Chunk =
  | { readonly kind: 'text'; readonly text: TracedText }
  | Replacement
  | Switch
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly list: string;
      readonly body: readonly Chunk[];
      readonly place: Place;
    };

/** `{{ name }}` or `{{ name | filter }}`; `place` is that of the first brace. */
export interface Replacement {
  readonly kind: 'replacement';
  readonly name: string;
  readonly filter: string | undefined;
  readonly place: Place;
  /** The tag as written. */
  readonly text: string;
}

/** `{% switch name %}`; of two cases with the same string the last counts. */
export interface Switch {
  readonly kind: 'switch';
  readonly name: string;
  readonly cases: ReadonlyMap<string, readonly Chunk[]>;
  /** Where the tag of each case stands. */
  readonly casePlaces: ReadonlyMap<string, Place>;
  readonly place: Place;
}

/** What is wrong with a template, and where. */
export interface TemplateFault {
  readonly kind: 'fault';
  readonly place: Place;
  readonly message: string;
  /** The line at fault and a caret under the column. */
  readonly excerpt: string;
}

export interface Template {
  readonly kind: 'template';
  readonly file: string;
  readonly chunks: readonly Chunk[];
}
