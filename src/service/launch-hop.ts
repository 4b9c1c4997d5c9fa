import type { Place } from '../text/place.ts';
import type { PrefixAccount } from './prefixes/prefix.ts';

/** The dynamic loader started as a program: what it was told. */
export interface ExplicitLoader {
  readonly path: string;
  readonly libraryPath: string | undefined;
  readonly preload: string | undefined;
}

/** A script or program on the way of a command. */
export interface LaunchHop {
  readonly path: string;
  readonly kind: 'script' | 'program' | 'missing';
  /** Where it is started. */
  readonly startedAt: Place;
  readonly how: string;
  readonly sources: readonly { readonly path: string; readonly place: Place; readonly exists: boolean }[];
  /**
   * The programs that read a script, as its first line names them: `/usr/bin/env`, then what it becomes. None where they
   * are the hops that follow.
   */
  readonly interpreters: readonly { readonly path: string; readonly exists: boolean }[];
  /** The users and groups that it changes to, as written. */
  readonly accounts: readonly PrefixAccount[];
  /** What it is started with. */
  readonly environment: ReadonlyMap<string, string>;
  readonly directory: string;
}
