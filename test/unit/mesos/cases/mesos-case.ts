import type { AgentSetup } from '../../../mesos-case.ts';

/** A running agent, what shall take its place, and what must be said about it. */
export interface MesosCase {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Of both agents. */
  readonly both?: Omit<AgentSetup, 'release'>;
  /** Of tomorrow's alone, over those of both. */
  readonly change?: Partial<AgentSetup>;
  /** Every blocker and warning, and the notes that must be among others: id and a part of `subject: reason`. */
  readonly expected: readonly Expected[];
  /** What must not be said, notes included. */
  readonly unsaid?: readonly Expected[];
  /** Why this is to be expected: a rule of Mesos, for the reader of the table. */
  readonly because: string;
}

export type Expected = readonly [severity: 'blocker' | 'warning' | 'note', id: string, part: string];
