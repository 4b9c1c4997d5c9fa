import type { Plan } from '../documents/plan.ts';
import type { Overlay } from '../host/overlay.ts';
import { dutiesOf } from './duties-of.ts';

/** What a plan will have changed in the file system once it is applied, for a `PlannedHost`. */
export function overlayOf(plan: Pick<Plan, 'steps'>): Overlay {
  const overlays = plan.steps.map((step) => dutiesOf(step.kind).overlay(step));
  return {
    entries: new Map(overlays.flatMap((overlay) => [...(overlay.entries ?? [])])),
    trees: overlays.flatMap((overlay) => [...(overlay.trees ?? [])]),
  };
}
