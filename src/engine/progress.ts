import type { AnyStepKind } from './step-action.ts';
import type { Direction } from '../journal/record.ts';

/** One thing that happened while a change is made or taken back. */
export interface ProgressEvent {
  readonly direction: Direction;
  /** Counts from 0. */
  readonly step: number;
  readonly steps: number;
  readonly kind: AnyStepKind;
  readonly phase: 'begin' | 'done' | 'failed';
  /** What the step does; when it failed, why. */
  readonly text: string;
}

export type OnProgress = (event: ProgressEvent) => void;
