import type { Place } from '../../text/place.ts';

/** What a command has to do with a file. */
export interface Touch {
  /** `names`: it is given the path, or has it in its text; whether it reads or writes the file is not told. */
  readonly kind: 'writes' | 'names';
  /** The program that does it, as far in as it is known: `/usr/bin/lamp-env`. */
  readonly program: string;
  /** `> /run/lamp.env`: never what is written, which may be a secret. */
  readonly how: string;
  /** The line of the script that does it; undefined where the unit's own line does. */
  readonly place: Place | undefined;
}
