import type { ScriptVariable } from '../formats/shell/script-facts.ts';
import type { Host } from '../host/host.ts';
import type { Place } from '../text/place.ts';

/** A program or script on the way, as it is started. */
export interface Started {
  readonly host: Host;
  readonly path: string;
  readonly args: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly directory: string;
  readonly startedAt: Place;
}

/** What it becomes, or starts as the service proper. */
export interface Onward {
  readonly words: readonly string[];
  /** For people: `pg_ctlcluster`. */
  readonly how: string;
  /** The line that starts it. */
  readonly place: Place;
  /** Files it reads on the way. */
  readonly sources: readonly { readonly path: string; readonly place: Place }[];
  readonly exports: readonly ScriptVariable[];
  /** Variables that it takes away, or gives a value that only running it tells. */
  readonly dropped: readonly string[];
  readonly notExamined: readonly string[];
}

/**
 * Knows one launcher that can not be followed by the language it is written in, and tells what it starts from the files
 * that it reads itself. Undefined for everything else.
 */
export type Launcher = (started: Started) => Onward | undefined;
