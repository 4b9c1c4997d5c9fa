import type { Place } from '../../text/place.ts';
import type { Span } from './python-source.ts';
import type { PyException, PyUnknown } from './value.ts';

/** A Python exception on its way to the `except` that takes it. */
export class Raised extends Error {
  readonly exception: PyException;
  readonly place: Place;

  constructor(exception: PyException, place: Place) {
    super(exception.type);
    this.exception = exception;
    this.place = place;
  }
}

/** What is being evaluated depends on something unknown, so its outcome is unknown. */
export class Undecidable extends Error {
  readonly unknown: PyUnknown;

  constructor(unknown: PyUnknown) {
    super(unknown.reason);
    this.unknown = unknown;
  }
}

/** The evaluation used up what it was allowed. */
export class OutOfBounds extends Error {
  #loop: Span | undefined;
  #isTold = false;

  constructor() {
    super('took more steps than an evaluation is allowed');
  }

  /** The loop that ran when the steps were used up: of the function that did, the outermost. */
  get loop(): Span | undefined {
    return this.#loop;
  }

  /** What the evaluation was within; from inside out. */
  wasIn(loop: Span): void {
    if (!this.#isTold) this.#loop = loop;
  }

  /** What comes from here on is outside the function, or only finds that nothing is left. */
  tell(): void {
    this.#isTold ||= this.#loop !== undefined;
  }

  /** Once it was caught, all that is refused for the same reason names the same loop, or none. */
  settle(): void {
    this.#isTold = true;
  }
}

/** A generator yielded as many values as are kept. */
export class EnoughYielded extends Error {}
