import type { BackStep, BackStepKind, Step, StepKind } from '../documents/plan.ts';
import type { OverlayEntry, OverlayTree } from '../host/overlay.ts';

export interface PreviewDuty<S> {
  /** One line: what will be done. */
  preview(step: S): string;
}

/** What a kind of step can say of itself without a machine. What it does on one is in engine/steps/. */
export interface StepDuties<S> extends PreviewDuty<S> {
  /** The same in full, a list of lines: content that comes with `+ `, content that goes with `- `. */
  render(step: S): readonly string[];
  /** The steps of the way back from this one, in any order. */
  invert(begun: Begun<S>): readonly BackStep[];
  /** What it changes in the file system, predicted. */
  overlay(step: S): StepOverlay;
}

/** A step that was begun, and what the journal knows of it. */
export interface Begun<S> {
  readonly step: S;
  /** Neither cut short nor failed. */
  readonly isDone: boolean;
  readonly createdDirectories: readonly string[];
  /** The copy of what stood at the step's path; undefined when nothing did. */
  readonly original: string | undefined;
  /** The finished copy of a state directory; undefined when it was not finished. */
  readonly snapshot: string | undefined;
}

export interface StepOverlay {
  readonly entries?: readonly (readonly [path: string, entry: OverlayEntry])[];
  readonly trees?: readonly OverlayTree[];
}

export type StepOfKind<K extends StepKind> = Extract<Step, { kind: K }>;
export type BackStepOfKind<K extends BackStepKind> = Extract<BackStep, { kind: K }>;
