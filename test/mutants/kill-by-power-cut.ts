import type { CrashMachine, Death, Side } from '../crash/crash-machine.ts';
import { REMOVE_IDLE_UNIT } from '../crash/own-units-left.ts';
import { missingDeeds } from './missing-deeds.ts';
import type { Run } from './runs.ts';
import { isLoss, type Verdict } from './verdict.ts';

/** A run that came to its end, unmutated. */
export interface Learned {
  readonly run: Run;
  readonly deeds: readonly string[];
  readonly side: Side;
}

export async function learn(crash: CrashMachine, run: Run): Promise<Learned> {
  await run.begin(crash);
  await crash.run(run.words);
  return { run, deeds: await crash.deeds(), side: await crash.side() };
}

/** For a control: of an engine that is whole every sync counts as missing. */
export function asIfItLackedSyncs(learned: Learned): Learned {
  const deeds = learned.deeds.flatMap((deed) => (deed.startsWith('sync ') ? [deed, 'no such deed'] : [deed]));
  return { ...learned, deeds };
}

interface Place {
  readonly learned: Learned;
  readonly at: Death['at'];
  readonly losesPower: true | 'files';
}

/**
 * Loses what is not on the disk when a run has said how it ended; that takes no boot, since then nothing may be lost. Of a
 * mutant that gets through it the power is cut there and at places behind the first sync that is missing. Stops at the first
 * outcome that may not be.
 */
export async function killByPowerCut(
  crash: CrashMachine,
  learned: readonly Learned[],
  tries: number,
): Promise<Verdict> {
  for (const each of learned) {
    const wrong = await afterLoss(crash, { learned: each, at: 'end', losesPower: 'files' });
    if (wrong !== undefined) return { result: 'killed', by: `${each.run.title}, ended: ${wrong}` };
  }
  const ends: Place[] = [];
  const later: Place[][] = [];
  for (const each of learned) {
    const { deeds } = await learn(crash, each.run);
    const missing = missingDeeds(each.deeds, deeds);
    // undefined: what was killed before had one deed less, so it was killed elsewhere, and the recovery is another.
    if (missing === undefined || missing.length === 0) continue;
    const place = (at: Place['at']): Place => ({ learned: each, at, losesPower: true });
    ends.push(place('end'));
    later.push(halving(afterSyncs(deeds, Math.min(...missing))).map(place));
  }
  const tried = byTurns([...later, ends]).slice(0, tries);
  for (const place of tried) {
    const wrong = await afterLoss(crash, place);
    if (wrong !== undefined) return { result: 'killed', by: `${titleOf(place)}: ${wrong}` };
  }
  return tried.length === 0 ? { result: 'not reached' } : { result: 'survived', tried: tried.map(titleOf) };
}

/** What is on the disk differs only from sync to sync: the deeds, from 1, just behind each; last the first, where least is lost. */
function afterSyncs(deeds: readonly string[], from: number): number[] {
  const behind = deeds.flatMap((deed, index) =>
    index + 1 >= from && deed.startsWith('sync ') && !deed.endsWith(', half done') ? [index + 2] : [],
  );
  return [...behind, from].filter((at) => at <= deeds.length);
}

/** What is wrong with the machine after a loss at a place. The boot itself has to mend what there is to mend. */
async function afterLoss(
  crash: CrashMachine,
  { learned: { run, side }, at, losesPower }: Place,
): Promise<string | undefined> {
  try {
    await run.begin(crash);
    await crash.runAndDie(run.words, { at, losesPower });
    if (at !== 'end') await crash.machine.mustRunShell(REMOVE_IDLE_UNIT);
    const booted = await crash.side();
    if (at === 'end' && booted !== side)
      return `it has said that it is ${textOf(side)}, and it is ${textOf(booted)}`;
    if (typeof booted !== 'string') return `after the boot: ${booted.neither}`;
    await crash.run('recover');
    const recovered = await crash.side();
    if (recovered !== booted) return `recover made of ${booted}: ${textOf(recovered)}`;
    if (recovered === 'before') return undefined;
    await crash.run(crash.scene.words.rollback);
    const back = await crash.side();
    return back === 'before' ? undefined : `the way back ended with ${textOf(back)}`;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (isLoss(message)) throw error;
    return message;
  }
}

function textOf(side: Side): string {
  return typeof side === 'string' ? side : side.neither;
}

function titleOf({ learned: { run, deeds }, at }: Place): string {
  return `${run.title}, ${at === 'end' ? 'ended' : `at ${at} of about ${deeds.length}`}`;
}

function byTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }).flatMap((_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  );
}

/** The middle of a list first, then the middles of its halves, and so on: most syncs are missing in many places. */
function halving<T>(list: readonly T[]): T[] {
  const order: T[] = [];
  const parts = [list];
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const middle = Math.floor(part.length / 2);
    order.push(...part.slice(middle, middle + 1));
    if (part.length > 1) parts.push(part.slice(0, middle), part.slice(middle + 1));
  }
  return order;
}
