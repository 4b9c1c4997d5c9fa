/** What a program such as `nice` does before it becomes the command among its arguments. */
export interface CommandPrefix {
  /** Its name without the directory. */
  readonly name: string;
  /** The command that it becomes; itself left out. Of a `script` its one text. */
  readonly words: readonly string[];
  /** The words are one text for a shell: `su -c`. */
  readonly script?: { readonly shell: string | undefined };
  readonly environment: readonly EnvironmentChange[];
  /** The directory it changes to; undefined when it stays. */
  readonly directory?: string | undefined;
  /** The user and the group that it changes to, as written: a name or a number. */
  readonly accounts?: readonly PrefixAccount[];
  /** It begins a session as a login does: in the home of the user. */
  readonly isLogin?: boolean;
  /** The directory that becomes `/` for the command. */
  readonly root?: string | undefined;
  /** It is the dynamic loader itself. */
  readonly loader?: { readonly libraryPath: string | undefined; readonly preload: string | undefined };
  /** Where the library may lie that it has the loader put before all others; the first that is there. */
  readonly preloads?: readonly string[];
  /** What it changes besides and is not followed, for people. */
  readonly notFollowed: readonly string[];
}

export interface PrefixAccount {
  readonly kind: 'user' | 'group';
  readonly name: string;
}

export type EnvironmentChange =
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'unset'; readonly name: string }
  | { readonly kind: 'clear' };

/** Stands for a word that only running tells. */
export const UNKNOWN_WORD = '\0';

/** `keeper`, `keeper:lamps`, `:lamps` */
export function accountsIn(text: string | undefined): readonly PrefixAccount[] {
  const [user = '', group = ''] = (text ?? '').split(':');
  return [
    ...(user === '' ? [] : [{ kind: 'user', name: user } as const]),
    ...(group === '' ? [] : [{ kind: 'group', name: group } as const]),
  ];
}
