import type { Place } from '../../text/place.ts';
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

/** The evaluation as a whole used up what it was allowed. */
export class OutOfBounds extends Error {}

/** A generator yielded as many values as are kept. */
export class EnoughYielded extends Error {}
