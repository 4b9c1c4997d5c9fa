import type { Place } from '../text/place.ts';
import { showPlace } from '../text/place.ts';

/**
 * A question that could not be answered or a change that was not begun (exit code 2). Says what happened,
 * where, why it matters and what to type next. Nothing has been changed when this is thrown.
 */
export class CouldNotRun extends Error {
  readonly what: string;
  readonly place: Place | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;

  constructor(what: string, more: { place?: Place; why?: string; next?: string } = {}) {
    super(`${more.place === undefined ? '' : `${showPlace(more.place)}: `}${what}`);
    this.name = 'CouldNotRun';
    this.what = what;
    this.place = more.place;
    this.why = more.why;
    this.next = more.next;
  }
}
