import type { Machine } from '../hosts/machine.ts';

/** What is killed at its deeds: the verbs that change the machine. */
export const VERBS = ['apply', 'confirm', 'rollback'] as const;
export type Verb = (typeof VERBS)[number];

/** A service on a test machine, and a change of it that is cut short in every way. */
export interface CrashScene {
  readonly unit: string;
  /** From which the plan is made, as /root/plan.json. */
  readonly spec: string;
  /** What Cutover is told for each verb. Of all but `apply` the change is made first. */
  readonly words: Readonly<{ apply: string; rollback: string; confirm?: string }>;
  /** A file that the change replaces, and to which a line may be added. */
  readonly editable: string;
  readonly install: (machine: Machine) => Promise<void>;
  /** Prints everything that a way back must bring back. */
  readonly before: string;
  /** Prints what tells that the change was made whole. */
  readonly after: string;
  /** Makes the machine as `install` left it. */
  readonly reset: string;
}
