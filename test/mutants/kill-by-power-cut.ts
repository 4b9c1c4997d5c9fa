import type { CrashMachine, Death, Side } from '../crash/crash-machine.ts';
import { missingDeeds } from './missing-deeds.ts';
import type { Run } from './runs.ts';
import type { Verdict } from './verdict.ts';

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
}

/**
 * Cuts the power where a sync is missing that the unmutated engine makes: when the run has said how it ended, and at places
 * after the first that is missing. Stops at the first outcome that may not be.
 */
export async function killByPowerCut(
  crash: CrashMachine,
  learned: readonly Learned[],
  tries: number,
): Promise<Verdict> {
  const later: Place[][] = [];
  const tried: string[] = [];
  const fall = async (place: Place): Promise<Verdict | undefined> => {
    const title = titleOf(place);
    if (tried.includes(title) || tried.length >= tries) return undefined;
    tried.push(title);
    const wrong = await afterPowerCut(crash, place);
    return wrong === undefined ? undefined : { result: 'killed', by: `${title}: ${wrong}` };
  };
  for (const each of learned) {
    const { deeds } = await learn(crash, each.run);
    const missing = missingDeeds(each.deeds, deeds);
    if (missing === undefined) return { result: 'killed', by: `${each.run.title} does other things` };
    if (missing.length === 0) continue;
    const killed = await fall({ learned: each, at: 'end' });
    if (killed !== undefined) return killed;
    later.push(halving(afterSyncs(deeds, Math.min(...missing))).map((at) => ({ learned: each, at })));
  }
  for (const place of byTurns(later)) {
    const killed = await fall(place);
    if (killed !== undefined) return killed;
  }
  return tried.length === 0 ? { result: 'not reached' } : { result: 'survived', tried };
}

/** What is on the disk differs only from sync to sync: the deeds, from 1, just behind each; last the first, where least is lost. */
function afterSyncs(deeds: readonly string[], from: number): number[] {
  const behind = deeds.flatMap((deed, index) =>
    index + 1 >= from && deed.startsWith('sync ') && !deed.endsWith(', half done') ? [index + 2] : [],
  );
  return [...behind, from].filter((at) => at <= deeds.length);
}

/** What is wrong with the machine after a power cut at a place. The boot itself has to mend what there is to mend. */
async function afterPowerCut(
  crash: CrashMachine,
  { learned: { run, side }, at }: Place,
): Promise<string | undefined> {
  try {
    await run.begin(crash);
    await crash.runAndDie(run.words, { at, losesPower: true });
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
    return error instanceof Error ? error.message : String(error);
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
