import type { Place } from './place.ts';

/** One station on a value's way from where it was written to where it is read. */
export interface Hop {
  readonly kind: HopKind;
  readonly place: Place;
  /** What stands at the place, short enough for one line. */
  readonly text: string;
  /** The variable, argument, function or unit that this station is called by. */
  readonly name?: string;
  /** Why this station was taken and no other: the case of a switch, the branch, what a setter depends on. */
  readonly why?: string;
}

export type HopKind =
  | 'environment-file'
  | 'unit'
  | 'template'
  | 'expression'
  | 'function'
  | 'constant'
  | 'input'
  | 'file';

/** Hops from the reader's side inward, as a shared list: wrapping a value costs one cell. */
export interface Via {
  readonly hop: Hop;
  readonly inner: Via | undefined;
}

/** The hops of a list, outermost first. */
export function hopsOf(via: Via | undefined): Hop[] {
  const hops: Hop[] = [];
  for (let cell = via; cell !== undefined; cell = cell.inner) hops.push(cell.hop);
  return hops;
}

export function sameHop(a: Hop, b: Hop): boolean {
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    a.place.file === b.place.file &&
    a.place.line === b.place.line &&
    a.place.column === b.place.column
  );
}
