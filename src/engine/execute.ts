import type { BackStep, Step } from '../documents/plan.ts';
import type { Direction, StepFacts } from '../journal/record.ts';
import { previewStep } from '../plan/preview-step.ts';
import { LaidTrees } from './laid-trees.ts';
import type { OnProgress } from './progress.ts';
import { actionOf } from './step-actions.ts';
import {
  type Alone,
  type AnyStep,
  asPartOf,
  type ForeseenItem,
  isTogether,
  type StepContext,
  StepFailure,
  type Together,
} from './step-action.ts';
import { type NumberedStep, type StepGroup, stepGroups } from './step-groups.ts';
import { errorMessage } from '../text/error-message.ts';

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
  const ofRun = { firstCopies: new Map(), laid: new LaidTrees() };
  const interrupted = (): Execution | undefined => {
    const signal = context.interruptedBy?.();
    return signal === undefined ? undefined : { result: 'failed', facts, reason: `interrupted by ${signal}` };
  };
  const from = course.direction === 'apply' ? (course.from ?? 0) : 0;
  for (const group of stepGroups(steps, from)) {
    const early = interrupted();
    if (early !== undefined) return early;
    const tell = (phase: 'begin' | 'done' | 'failed', { step, action }: NumberedStep, why?: string) =>
      onProgress({
        direction,
        step,
        steps: steps.length,
        kind: action.kind,
        phase,
        text: why ?? previewStep(action),
      });
    for (const numbered of group) tell('begin', numbered);
    const end = await takeGroup(group, { ...context, direction, ...ofRun });
    facts.push(...end.facts);
    if (end.result === 'failed') {
      const { failed, reason } = end;
      const [itsFacts] = end.facts;
      journal.append({ type: 'failed', direction, step: failed.step, reason, facts: itsFacts });
      tell('failed', failed, reason);
      return { result: 'failed', facts, reason };
    }
    for (const numbered of group) tell('done', numbered);
  }
  return interrupted() ?? { result: 'done', facts };
}

type GroupContext = Omit<StepContext, 'step'>;
type GroupEnd =
  | { readonly result: 'done'; readonly facts: readonly StepFacts[] }
  | {
      readonly result: 'failed';
      /** The step that failed, with its facts. */
      readonly failed: NumberedStep;
      readonly facts: readonly [StepFacts];
      readonly reason: string;
    };

async function takeGroup(group: StepGroup, context: GroupContext): Promise<GroupEnd> {
  const kind = actionOf(group[0].action.kind);
  return isTogether(kind) ? await takeTogether(group, kind, context) : await takeAlone(group, kind, context);
}

async function takeAlone(group: StepGroup, kind: Alone<AnyStep>, context: GroupContext): Promise<GroupEnd> {
  const [{ step, action }] = group;
  const { journal, direction } = context;
  const stepContext = { ...context, step };
  const foreseen = await attempted(async () => await kind.foresee(action, stepContext));
  if (foreseen.result === 'failed') return failedOf(foreseen, group);
  journal.append({ type: 'intent', direction, step, action, foreseen: foreseen.value });
  const end = await attempted(async () => await actAndVerify(action, kind, stepContext, foreseen.value));
  if (end.result === 'failed') return failedOf(end, group);
  journal.append({ type: 'done', direction, step, facts: end.value });
  return { result: 'done', facts: [end.value] };
}

/** One record says what is intended of all, before the first acts, and one that all are done. */
async function takeTogether(
  group: StepGroup,
  kind: Together<AnyStep>,
  context: GroupContext,
): Promise<GroupEnd> {
  const [first, ...others] = group;
  const { journal, direction } = context;
  const unchanged = { ...context.machine, host: context.machine.host.remembering() };
  const foreseenOf = async ({ step, action }: NumberedStep): Promise<ForeseenItem<AnyStep>> => {
    const item = { action, context: { ...context, step } };
    const looking = { ...item.context, machine: unchanged };
    return { ...item, foreseen: await asPartOf(item, async () => await kind.foresee(action, looking)) };
  };
  const foresight = await attempted(
    async (): Promise<[ForeseenItem<AnyStep>, ...ForeseenItem<AnyStep>[]]> => [
      await foreseenOf(first),
      ...(await Promise.all(others.map(foreseenOf))),
    ],
  );
  if (foresight.result === 'failed') return failedOf(foresight, group);
  const items = foresight.value;
  const intents = items.map(({ action, foreseen, context: { step } }) => ({ step, action, foreseen }));
  journal.append({ type: 'intents', direction, steps: intents });
  const end = await attempted(async () => {
    await kind.applyAndVerify(items);
  });
  if (end.result === 'failed') return failedOf(end, group);
  journal.append({ type: 'dones', direction, steps: intents.map(({ step }) => ({ step, facts: {} })) });
  return { result: 'done', facts: [] };
}

/** What names no step of several is told of the first. */
function failedOf({ step, facts, reason }: Failed, group: StepGroup): GroupEnd {
  const failed = group.find((each) => each.step === step) ?? group[0];
  return { result: 'failed', failed, facts: [facts], reason };
}

async function actAndVerify(
  action: AnyStep,
  kind: Alone<AnyStep>,
  context: StepContext,
  foreseen: StepFacts,
): Promise<StepFacts> {
  const facts = await kind.apply(action, context, foreseen);
  const fault = await kind.verify(action, context, facts);
  if (fault !== undefined) throw new StepFailure(fault, facts);
  return facts;
}

interface Failed {
  readonly result: 'failed';
  readonly facts: StepFacts;
  readonly reason: string;
  readonly step: number | undefined;
}

async function attempted<T>(action: () => Promise<T>): Promise<{ result: 'done'; value: T } | Failed> {
  try {
    return { result: 'done', value: await action() };
  } catch (error) {
    const { facts, step } = error instanceof StepFailure ? error : { facts: {}, step: undefined };
    return { result: 'failed', facts, step, reason: errorMessage(error) };
  }
}
