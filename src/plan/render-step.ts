import type { Step } from '../documents/plan.ts';
import { dutiesOf } from './duties-of.ts';

/** A step in full, for review: the first line says what is done, the rest is content that comes (`+`) and goes (`-`). */
export function renderStep(step: Step): readonly string[] {
  const duties = dutiesOf(step.kind);
  return [duties.preview(step), ...duties.render(step)];
}
