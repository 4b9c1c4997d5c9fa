import type { Place } from '../../text/place.ts';

/** One directive of a program's configuration, whatever the syntax of its files. */
export interface ConfigurationLine {
  /** In lower case where the program does not tell cases apart. */
  readonly name: string;
  readonly words: readonly ConfigurationWord[];
  readonly place: Place;
  /** The blocks around it, outermost first. */
  readonly within: readonly ConfigurationLine[];
}

/** An argument with its quotes taken off. */
export interface ConfigurationWord {
  readonly text: string;
  readonly place: Place;
}

export interface ConfigurationFile {
  readonly path: string;
  readonly exists: boolean;
  /** What names it: the command, another file, or what is built into the program. */
  readonly namedBy: Place | { readonly how: string };
}

/** A program's configuration with everything it includes, in the order in which the program reads it. */
export interface Configuration {
  readonly files: readonly ConfigurationFile[];
  readonly lines: readonly ConfigurationLine[];
  /** Files and lines that the program would read and that could not be read here. */
  readonly notExamined: readonly string[];
}

/** Directives anywhere in the configuration, by name. */
export function linesNamed({ lines }: Configuration, ...names: readonly string[]): ConfigurationLine[] {
  return lines.filter(({ name }) => names.includes(name));
}
