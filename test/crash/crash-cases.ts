import type { CrashMachine, Side } from './crash-machine.ts';

export const APPLY = 'apply /root/plan.json';
export const ROLLBACK = 'rollback lamp';
const RECOVER = 'recover';

/** A run that is killed at a numbered deed, perhaps a recovery that is killed too, and a recovery that is not. */
export interface CrashCase {
  readonly verb: 'apply' | 'rollback';
  readonly at: number;
  /** The deed before which the first recovery is killed. */
  readonly recoveryAt?: number;
  /** Power goes with the process, and what was not synced. */
  readonly losesPower: boolean;
}

/** The deeds of an apply, and of a rollback, that come to their end. */
export interface Deeds {
  readonly apply: readonly string[];
  readonly rollback: readonly string[];
}

export async function learnDeeds(crash: CrashMachine): Promise<Deeds> {
  await crash.reset();
  await crash.run(APPLY);
  const apply = await crash.deeds();
  await crash.run(ROLLBACK);
  return { apply, rollback: await crash.deeds() };
}

/** Every point of both, once. */
export function depthOne(deeds: Deeds, losesPower: boolean): CrashCase[] {
  return (['apply', 'rollback'] as const).flatMap((verb) =>
    deeds[verb].map((_, index) => ({ verb, at: index + 1, losesPower })),
  );
}

/**
 * Deaths from which a recovery starts in a different place each: just before a record is written, when its step has
 * acted and the journal does not say so.
 */
export function beginnings(deeds: Deeds): CrashCase[] {
  return depthOne(deeds, false).filter(({ verb, at }) =>
    /^write \S+\/records\.jsonl$/.test(deeds[verb][at - 1] ?? ''),
  );
}

/** How many deeds the recovery from a case takes. */
export async function recoveryDeeds(crash: CrashMachine, first: CrashCase): Promise<number> {
  await die(crash, first);
  await crash.run(RECOVER);
  return (await crash.deeds()).length;
}

/** Runs a case, and says where the machine stands afterwards. */
export async function outcomeOf(crash: CrashMachine, crashCase: CrashCase): Promise<Side> {
  const { recoveryAt, losesPower } = crashCase;
  await die(crash, crashCase);
  if (recoveryAt !== undefined) await crash.runAndDie(RECOVER, { at: recoveryAt, losesPower });
  await crash.run(RECOVER);
  return await crash.side();
}

async function die(crash: CrashMachine, { verb, at, losesPower }: CrashCase): Promise<void> {
  await crash.reset();
  if (verb === 'rollback') await crash.run(APPLY);
  await crash.runAndDie(verb === 'apply' ? APPLY : ROLLBACK, { at, losesPower });
}

export function titleOf({ verb, at, recoveryAt, losesPower }: CrashCase, deeds: Deeds): string {
  const deed = (deeds[verb][at - 1] ?? '').replaceAll(/\d{8}-\d{6}-\d{3}-[0-9a-f]{6}/g, 'CHANGE');
  const again = recoveryAt === undefined ? '' : `, its recovery at ${recoveryAt}`;
  return `${verb} ${losesPower ? 'without power' : 'killed'} at ${at} (${deed})${again}`;
}
