import type { BackStep, Step } from '../documents/plan.ts';
import type { Direction, StepFacts } from '../journal/record.ts';
import { backDutiesOf } from '../plan/steps/back-steps.ts';
import { dutiesOf } from '../plan/duties-of.ts';
import type { OnProgress } from './progress.ts';
import { actionOf } from './step-actions.ts';
import { type AnyStep, type StepContext, StepFailure } from './step-action.ts';

/** A list of steps, and which way it leads. */
export type Course =
  | {
      readonly direction: Extract<Direction, 'apply'>;
      readonly steps: readonly Step[];
      /** The number of the step to begin with; 0 unless told. */
      readonly from?: number;
    }
  | { readonly direction: Extract<Direction, 'rollback'>; readonly steps: readonly BackStep[] };

export type Execution =
  | { readonly result: 'done'; readonly facts: readonly StepFacts[] }
  | {
      readonly result: 'failed';
      /** Of the steps that were done, and of the one that failed. */
      readonly facts: readonly StepFacts[];
      readonly reason: string;
    };

/**
 * Runs steps in order, the same for a change and for a way back: intent on disk, act, look at the effect, done
 * on disk. Stops at the first step that fails, or between two when a signal asks to. Throws only when the journal itself can't be written.
 */
export async function execute(
  course: Course,
  context: Pick<StepContext, 'machine' | 'journal' | 'plan' | 'attempt' | 'interruptedBy'>,
  onProgress: OnProgress,
): Promise<Execution> {
  const { direction, steps } = course;
  const { journal } = context;
  const facts: StepFacts[] = [];
  const interrupted = (): Execution | undefined => {
    const signal = context.interruptedBy?.();
    return signal === undefined ? undefined : { result: 'failed', facts, reason: `interrupted by ${signal}` };
  };
  for (const [step, action] of steps.entries()) {
    if (course.direction === 'apply' && step < (course.from ?? 0)) continue;
    const early = interrupted();
    if (early !== undefined) return early;
    const tell = (phase: 'begin' | 'done' | 'failed', text: string) =>
      onProgress({ direction, step, steps: steps.length, kind: action.kind, phase, text });
    const text = preview(course, step);
    tell('begin', text);
    const stepContext = { ...context, direction, step };
    const foreseen = await attempted(async () => await actionOf(action.kind).foresee(action, stepContext));
    if (foreseen.result === 'done')
      journal.append({ type: 'intent', direction, step, action, foreseen: foreseen.facts });
    const end =
      foreseen.result === 'done'
        ? await attempted(async () => await actAndVerify(action, stepContext, foreseen.facts))
        : foreseen;
    facts.push(end.facts);
    if (end.result === 'failed') {
      journal.append({ type: 'failed', direction, step, reason: end.reason, facts: end.facts });
      tell('failed', end.reason);
      return { result: 'failed', facts, reason: end.reason };
    }
    journal.append({ type: 'done', direction, step, facts: end.facts });
    tell('done', text);
  }
  return interrupted() ?? { result: 'done', facts };
}

async function actAndVerify(action: AnyStep, context: StepContext, foreseen: StepFacts): Promise<StepFacts> {
  const kind = actionOf(action.kind);
  const facts = await kind.apply(action, context, foreseen);
  const fault = await kind.verify(action, context, facts);
  if (fault !== undefined) throw new StepFailure(fault, facts);
  return facts;
}

type Attempt =
  | { readonly result: 'done'; readonly facts: StepFacts }
  | { readonly result: 'failed'; readonly facts: StepFacts; readonly reason: string };

async function attempted(action: () => Promise<StepFacts>): Promise<Attempt> {
  try {
    return { result: 'done', facts: await action() };
  } catch (error) {
    const facts = error instanceof StepFailure ? error.facts : {};
    return { result: 'failed', facts, reason: error instanceof Error ? error.message : String(error) };
  }
}

function preview({ direction, steps }: Course, index: number): string {
  if (direction === 'apply') {
    const step = steps[index];
    return step === undefined ? '' : dutiesOf(step.kind).preview(step);
  }
  const step = steps[index];
  return step === undefined ? '' : backDutiesOf(step.kind).preview(step);
}
