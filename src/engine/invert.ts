import { isWithin } from '../text/is-within.ts';
import type { BackStep, BackStepKind, Plan, StepKind } from '../documents/plan.ts';
import type { BegunStep } from '../journal/history.ts';
import { dutiesOf } from '../plan/duties-of.ts';
import { canonicalJson } from '../plan/canonical-json.ts';
import { guardOf } from '../plan/guard.ts';
import { underGuard } from './under-guard.ts';

export interface InvertOptions {
  /** The unit ran before the change, so it shall run again. */
  readonly startAgain: boolean;
  /**
   * Stop first, restore then. For a service that is not well: while its files are put back systemd could start
   * it once more, the old program on the new state. A service that is well is stopped late, to be down briefly.
   */
  readonly stopFirst: boolean;
  /** It kept failing, and systemd kept starting it: it is started again, but no gate waits until it is well. */
  readonly keptFailing?: boolean;
  /** An earlier way back has given it to the service, which has worked on it since: it is not put back again. */
  readonly stateIsBack?: boolean;
  /** What is to become the state is laid, or at least looked at, before anything is touched. */
  readonly prepareState?: boolean;
  /** Also when no step of the change restarted it: something else has, and it may run on what the change wrote. */
  readonly restart?: boolean;
  /** Started in place of the service when that did not run: the sockets that wait for it. */
  readonly alsoStart?: readonly string[];
}

/**
 * The way back from the steps of a plan that were begun: not their plain reversal but the same order as a
 * change (files, reload, stop, state, start, gate), with a comparison before the start and one after it.
 */
export function invert(plan: Plan, begun: readonly BegunStep[], options: InvertOptions): BackStep[] {
  const restart: BackStep = { kind: 'unit-restart', unit: plan.service };
  const inverses = [...begun].reverse().flatMap((step) => inverseOf(step));
  const restarts = inverses.some(({ kind }) => kind === 'unit-stop' || kind === 'unit-restart');
  if (options.restart === true && !restarts) inverses.push(restart);
  // One that an interrupted way back has left. A plan of an earlier version has no guard of its own.
  if (options.stateIsBack === true && !inverses.some(({ kind }) => kind === 'guard-lift'))
    inverses.push({ kind: 'guard-lift', ...guardIn(plan), createdDirectories: [] });
  const states = inverses.flatMap((step) => (step.kind === 'state-restore' ? [step.path] : []));
  const isAtStake = states.length > 0 && options.stateIsBack !== true;
  const isWhole = options.stopFirst || isAtStake || !options.startAgain;
  const wanted = inverses
    .flatMap((step) => (isWhole ? apart(step) : step))
    .filter((step) => {
      if (step.kind === 'unit-start') return options.startAgain;
      if (step.kind === 'state-prepare') return isAtStake && options.prepareState === true;
      if (step.kind === 'state-restore') return isAtStake;
      // What was removed from a state directory comes back with it.
      if (step.kind === 'file-restore') return !states.some((path) => isWithin(step.path, path));
      return true;
    });
  const checks: BackStep[] = [{ kind: 'verify-files' }, { kind: 'verify-unit', unit: plan.service }];
  const isTouched = begun.some(({ action }) => !LEAVES_ALONE.has(action.kind));
  if (!isTouched) return finish([...wanted, ...checks], options);
  if (!options.startAgain)
    for (const unit of options.alsoStart ?? []) checks.push({ kind: 'unit-start', unit });
  else if (options.keptFailing !== true)
    checks.push({ kind: 'gate', unit: plan.service, gate: plan.gateBack });
  const steps = finish([...wanted, ...checks], options);
  return isAtStake ? underGuard(plan.service, begun, steps) : steps;
}

/** Each step once, in order. */
function finish(all: readonly BackStep[], { stopFirst }: InvertOptions): BackStep[] {
  const steps = new Map(all.map((step) => [canonicalJson(step), step]));
  const order = stopFirst ? STOP_FIRST : STOP_LATE;
  return [...steps.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Behind these the service is as it was, so it need not be waited for. */
const LEAVES_ALONE: ReadonlySet<StepKind> = new Set([
  'store-add',
  'store-unpack',
  'trial-start',
  'state-copy',
]);

/** A restart as two steps, for what has to be done in between. */
function apart(step: BackStep): readonly BackStep[] {
  if (step.kind !== 'unit-restart') return [step];
  const { unit } = step;
  return [
    { kind: 'unit-stop', unit },
    { kind: 'unit-start', unit },
  ];
}

const STOP_LATE: readonly BackStepKind[] = [
  'state-prepare',
  'trial-remove',
  'file-restore',
  'guard-lift',
  'daemon-reload',
  'unit-stop',
  'state-restore',
  'verify-files',
  'unit-start',
  'unit-restart',
  'verify-unit',
  'gate',
];
const STOP_FIRST: readonly BackStepKind[] = [
  'state-prepare',
  'unit-stop',
  ...STOP_LATE.filter((kind) => kind !== 'state-prepare' && kind !== 'unit-stop'),
];

function guardIn({ service }: Plan): { readonly unit: string; readonly path: string } {
  return { unit: service, path: guardOf(service).path };
}

function inverseOf({ action, foreseen, done }: BegunStep): readonly BackStep[] {
  return dutiesOf(action.kind).invert({
    step: action,
    isDone: done !== undefined,
    createdDirectories: foreseen.createdDirectories ?? [],
    original: foreseen.original,
    snapshot: done?.snapshot?.copy,
  });
}
