export type TakesArgument = 'none' | 'required' | 'optional';

/** What a program tells getopt(3) and getopt_long(3) of its options. */
export interface GetoptOptions {
  /** By their letter. */
  readonly short: ReadonlyMap<string, TakesArgument>;
  /** By their name, without dashes; undefined when they are not known. */
  readonly long: ReadonlyMap<string, TakesArgument> | undefined;
  /** getopt_long_only(3): `-name` is a long option, too. */
  readonly longWithOneDash: boolean;
  /** A `+` before the letters: what comes after the first word that is no option is none. */
  readonly stopsAtFirstArgument: boolean;
}

/** The third argument of getopt(3); undefined for a text that can not be one. */
export function parseOptionString(text: string): GetoptOptions | undefined {
  const match = /^([-+]?:?)((?:[!-9<-~]:{0,2})*)$/.exec(text);
  if (match === null) return undefined;
  const short = new Map<string, TakesArgument>();
  for (const [, letter = '', colons = ''] of (match[2] ?? '').matchAll(/([!-9<-~])(:{0,2})/g)) {
    short.set(letter, colons === '' ? 'none' : colons === ':' ? 'required' : 'optional');
  }
  return {
    short,
    long: new Map(),
    longWithOneDash: false,
    stopsAtFirstArgument: match[1]?.startsWith('+') === true,
  };
}
