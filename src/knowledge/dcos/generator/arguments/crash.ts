import type { Place } from '../../../../text/place.ts';

/** The generator itself would have stopped with an exception, and not with a message for the operator. */
export interface Crash {
  /** Its class. */
  readonly exception: string;
  readonly message: string;
  /** The line that raises it. */
  readonly at?: Place;
}

export function crash(exception: string, message: string, at: Place | undefined): Crash {
  return at === undefined ? { exception, message } : { exception, message, at };
}
