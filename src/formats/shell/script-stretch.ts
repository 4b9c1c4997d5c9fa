import type { Function } from 'unbash';
import type { Place } from '../../text/place.ts';
import type { Changes } from './changes-in.ts';

/** A function that a script defines. */
export interface FunctionBody {
  readonly script: Script;
  readonly node: Function;
  readonly changes: Changes;
}

/** The text that is walked: the script itself, or one that it reads. */
export interface Script {
  readonly text: string;
  readonly place: (offset: number) => Place;
  readonly depth: number;
}

/** A part of it, by its offsets. */
export interface Stretch {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
}
