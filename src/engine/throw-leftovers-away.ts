import type { Plan } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';
import { errorMessage } from '../text/error-message.ts';
import { besideOf } from './exchange-file.ts';
import { asidesOf } from './steps/state-restore.ts';

/**
 * What was to become the state, and what the restored state was exchanged for, kept until the service is well on what was
 * restored. Of a way back that was left as it is the latter may be the only copy. A text: something is still there.
 */
export function throwLeftoversAway(
  machine: Machine,
  plan: Plan,
  change: string,
  isWhole: boolean,
): string | undefined {
  for (const step of plan.steps) {
    if (step.kind !== 'state-snapshot') continue;
    const asides = isWhole ? asidesOf(step.path, change) : [];
    for (const left of [besideOf(step.path, change, 'new'), ...asides]) {
      if (machine.host.lstat(left) === undefined) continue;
      try {
        machine.files.removeTree(left);
      } catch (error) {
        return `${left} is of no use any more and could not be removed: ${errorMessage(error)}`;
      }
    }
  }
  if (isWhole) return undefined;
  const kept = plan.steps
    .flatMap((step) => (step.kind === 'state-snapshot' ? asidesOf(step.path, change) : []))
    .filter((aside) => machine.host.lstat(aside) !== undefined);
  const where = kept.length === 0 ? '' : `; what the state was exchanged for: ${kept.join(', ')}`;
  return `not all of it could be put back${where}`;
}
