import type { BackStep, BackStepKind, Step, StepKind } from '../documents/plan.ts';
import { dutiesOf } from './duties-of.ts';
import type { BackStepOfKind, PreviewDuty } from './step-duties.ts';

type BackOnlyKind = Exclude<BackStepKind, StepKind>;
type BackOnlyStep = Extract<BackStep, { kind: BackOnlyKind }>;

/** Steps that only a way back has; a kind that is left out does not compile. */
const backOnly: { readonly [K in BackOnlyKind]: PreviewDuty<BackStepOfKind<K>> } = {
  'file-restore': {
    preview: ({ path, original }) => (original === undefined ? `remove ${path} again` : `put ${path} back`),
  },
  'trial-remove': { preview: ({ trialUnit }) => `take away what the trial start ${trialUnit} has left` },
  'state-prepare': { preview: ({ path }) => `get the kept state of ${path} ready` },
  'state-restore': { preview: ({ path }) => `put the state ${path} back` },
  'verify-files': { preview: () => 'compare files and state with how they were before' },
  'verify-unit': {
    preview: ({ unit }) => `compare what systemd says of ${unit} with what it said before`,
  },
};

/** One line: what a step of a change or of a way back will do. */
export function previewStep(step: Step | BackStep): string {
  return isBackOnly(step) ? backPreview(step.kind).preview(step) : dutiesOf(step.kind).preview(step);
}

function isBackOnly(step: Step | BackStep): step is BackOnlyStep {
  return step.kind in backOnly;
}

function backPreview<K extends BackOnlyKind>(kind: K): PreviewDuty<BackStepOfKind<K>> {
  return backOnly[kind];
}
