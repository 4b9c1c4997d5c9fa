import type { CrashMachine, Side } from './crash-machine.ts';
import { VERBS, type Verb } from './crash-scene.ts';

const RECOVER = 'recover';

/** A run that is killed at a numbered deed, perhaps a recovery that is killed too, and a recovery that is not. */
export interface CrashCase {
  readonly verb: Verb;
  readonly at: number;
  /** The deed before which the first recovery is killed. */
  readonly recoveryAt?: number;
  /** Power goes with the process, and what was not synced. */
  readonly losesPower: boolean;
}

/** The deeds of each verb when it comes to its end; none where the scene has no such verb. */
export type Deeds = Readonly<Record<Verb, readonly string[]>>;

export async function learnDeeds(crash: CrashMachine): Promise<Deeds> {
  const deedsOf = async (verb: Verb) => {
    if (crash.scene.words[verb] === undefined) return [];
    await crash.run(await readyFor(crash, verb));
    return await crash.deeds();
  };
  return {
    apply: await deedsOf('apply'),
    confirm: await deedsOf('confirm'),
    rollback: await deedsOf('rollback'),
  };
}

/** Every point of every verb, once. */
export function depthOne(deeds: Deeds, losesPower: boolean): CrashCase[] {
  return VERBS.flatMap((verb) => deeds[verb].map((_, index) => ({ verb, at: index + 1, losesPower })));
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
  await crash.runAndDie(await readyFor(crash, verb), { at, losesPower });
}

/** Brings the machine to where the verb begins; the words of its command. */
export async function readyFor(crash: CrashMachine, verb: Verb): Promise<string> {
  const { words } = crash.scene;
  await crash.reset();
  if (verb !== 'apply') await crash.run(words.apply);
  return words[verb] ?? '';
}

export function titleOf({ verb, at, recoveryAt, losesPower }: CrashCase, deeds: Deeds): string {
  const deed = (deeds[verb][at - 1] ?? '').replaceAll(/\d{8}-\d{6}-\d{3}-[0-9a-f]{6}/g, 'CHANGE');
  const again = recoveryAt === undefined ? '' : `, its recovery at ${recoveryAt}`;
  return `${verb} ${losesPower ? 'without power' : 'killed'} at ${at} (${deed})${again}`;
}
