/** What is known of a file that may take an override. */
export interface OverrideNote {
  readonly owner?: string;
  readonly purpose?: string;
  readonly survives?: boolean;
  readonly intended?: 'operator' | 'special';
  /** The program that writes the file anew, and when: "lamp-env writes it at every start". */
  readonly rewritten?: string;
  /** Why no file can be written there as things are: "is a directory, not a file". */
  readonly blocked?: string;
  /** Whether a program is seen to write the variable into the file before the service reads it. */
  readonly sets?: (name: string) => boolean;
}

export type NoteOn = (path: string) => OverrideNote | undefined;
