/** What is known of a file that may take an override. */
export interface OverrideNote {
  readonly owner?: string;
  readonly purpose?: string;
  readonly survives?: boolean;
  readonly intended?: 'operator' | 'special';
  /** The program that writes the file anew, and when: "lamp-env writes it at every start". */
  readonly rewritten?: string;
}

export type NoteOn = (path: string) => OverrideNote | undefined;
