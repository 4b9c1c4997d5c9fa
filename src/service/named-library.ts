import type { Place } from '../text/place.ts';
import type { RunTimeLibrary } from './run-time-libraries.ts';

/** A library that a file of the machine's configuration has a process load, by a library that the process has. */
export interface NamedLibrary {
  /** What dlopen(3) gets. */
  readonly file: string;
  /** What it is for: `passwd`, `auth`. */
  readonly purpose: string;
  readonly place: Place;
  /** For people: who asks for it. */
  readonly askedBy: string;
  /** What becomes of it where it can not be loaded. */
  readonly otherwise: string;
  /** One that is not there is no fault: configurations name it in advance. */
  readonly mayBeAbsent?: true;
  readonly library: RunTimeLibrary;
}

/** What was read for them, and what could not be told. */
export interface NamedLibraries {
  readonly libraries: readonly NamedLibrary[];
  /** Files of configuration that were read for it, in words why. */
  readonly files: readonly { readonly path: string; readonly how: string }[];
  readonly notExamined: readonly string[];
}
