import type { Place } from '../../text/place.ts';

/** What a launcher script does on its straight way from the first line to the program it becomes. */
export interface ScriptFacts {
  /** Files it reads with `.` or `source`. */
  readonly sources: readonly { readonly path: string; readonly place: Place }[];
  /** Variables it sets for the program. */
  readonly exports: readonly ScriptVariable[];
  /** Variables of the environment that it takes away, or gives a value that only running it tells. */
  readonly dropped: readonly string[];
  /** The command it becomes (`exec …`), where that is certain. */
  readonly exec: StartedProgram | undefined;
  /** Where it becomes, or may become, a program that only running it tells. */
  readonly undecidedExec: Place | undefined;
  /** Of an undecided `exec`, the commands that it may become, as far as they are known; never only one of them for certain. */
  readonly mayBecome: readonly StartedProgram[];
  /** The working directory that it leaves to the program; undefined where only running it tells. */
  readonly directory: string | undefined;
  /** Programs that it starts and goes on after, as far as their words are known. */
  readonly started: readonly StartedProgram[];
  /** What can't be decided without running it. */
  readonly undecided: readonly { readonly place: Place; readonly text: string }[];
}

export interface StartedProgram {
  /**
   * The program first, a relative one made absolute. They end before the first that only running tells, or leave it out
   * when it is an `--option=…` of its own.
   */
  readonly words: readonly string[];
  /** The first argument that only running tells; undefined where `words` are all. */
  readonly unknownArgument: Place | undefined;
  readonly place: Place;
  readonly inBackground: boolean;
  readonly environment: ReadonlyMap<string, string>;
  /** Undefined where only running tells. */
  readonly directory: string | undefined;
}

export interface ScriptVariable {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** How a script is started. */
export interface ScriptStart {
  readonly environment: ReadonlyMap<string, string>;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** The text is that of `sh -c`, which stands here: its last command takes the shell's place, with or without `exec`. */
  readonly given?: Place;
}
