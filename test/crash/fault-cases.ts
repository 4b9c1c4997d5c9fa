import { type Deeds, readyFor } from './crash-cases.ts';
import type { Completed } from '../hosts/run-command.ts';
import type { CrashMachine, Side } from './crash-machine.ts';
import { VERBS, type Verb } from './crash-scene.ts';

const ERRORS = ['ENOSPC', 'EIO', 'EROFS', 'EPERM'] as const;

/** A deed that the system refuses: once, or from then on, as a disk does that is full. */
export interface FaultCase {
  readonly verb: Verb;
  readonly at: number;
  readonly error: (typeof ERRORS)[number] | 'hang';
  readonly lasts: boolean;
}

/** Every deed with every error, once and lasting. A deed half done is the same deed to the system. */
export function faultCases(deeds: Deeds): FaultCase[] {
  return VERBS.flatMap((verb) =>
    deeds[verb].flatMap((deed, index) =>
      deed.endsWith(', half done')
        ? []
        : ERRORS.flatMap((error) => [false, true].map((lasts) => ({ verb, at: index + 1, error, lasts }))),
    ),
  );
}

export function titleOfFault({ verb, at, error, lasts }: FaultCase, deeds: Deeds): string {
  const deed = (deeds[verb][at - 1] ?? '').replaceAll(/\d{8}-\d{6}-\d{3}-[0-9a-f]{6}/g, 'CHANGE');
  return `${verb} at ${at} (${deed}): ${error}${lasts ? ' from then on' : ''}`;
}

/** Every command that is hung, alone and with all that follow it. Half done is what tells a command from a call. */
export function hangCases(deeds: Deeds): FaultCase[] {
  return VERBS.flatMap((verb) =>
    deeds[verb].flatMap((deed, index) =>
      deeds[verb][index + 1] === `${deed}, half done`
        ? [false, true].map((lasts) => ({ verb, at: index + 1, error: 'hang' as const, lasts }))
        : [],
    ),
  );
}

/** How a run with a fault ended, and whether the machine is as that end says: a text says in what it is not. */
export interface FaultEnd {
  readonly end: string;
  readonly wrong?: string;
}

export async function endOfFault(
  crash: CrashMachine,
  { verb, at, error, lasts }: FaultCase,
): Promise<FaultEnd> {
  const words = await readyFor(crash, verb);
  const environment = { FAULT_AT: String(at), FAULT: error, FAULT_LASTS: lasts ? '1' : '0' };
  const run = await crash.tryRun(words, environment);
  // What could not be removed while the system refused everything goes at the next boot.
  if (lasts && endOf(run.stdout) === 'refused') await crash.tryRun('recover', {});
  return await judged(crash, verb, run);
}

/** Holds the machine against the end that was printed. `mend` takes the fault away where the operator is needed. */
export async function judged(
  crash: CrashMachine,
  verb: FaultCase['verb'],
  { stdout, stderr }: Completed,
  mend: () => Promise<void> = async () => undefined,
): Promise<FaultEnd> {
  const end = endOf(stdout);
  // As the next boot does: units of Cutover's own that could not be removed go then, and nothing else changes.
  if (end === 'committed' || end === 'rolled-back' || end === 'awaiting-confirmation')
    await crash.tryRun('recover', {});
  if (end === 'refused') return wrongUnless(end, verb === 'apply' ? 'before' : 'after', await crash.side());
  if (end === 'committed' || end === 'awaiting-confirmation')
    return wrongUnless(end, 'after', await crash.side());
  if (end === 'rolled-back') return wrongUnless(end, 'before', await crash.side());
  if (end === undefined)
    return { end: 'crashed', wrong: `it said neither how it ended nor why not: ${stderr}` };
  // Nothing may be lost: when the fault is mended the way back is gone to its end.
  await mend();
  const { stdout: mended } = await crash.tryRun(crash.scene.words.rollback, {});
  const later = endOf(mended);
  // Refused: the last record stands in the journal although it could not be synced, and what it says is true.
  return later === 'rolled-back' || (verb === 'rollback' && later === 'refused')
    ? wrongUnless(end, 'before', await crash.side())
    : { end, wrong: `after it was mended the rollback ended with ${mended}` };
}

export function endOf(stdout: string): string | undefined {
  const document: unknown = stdout === '' ? undefined : JSON.parse(stdout);
  if (typeof document !== 'object' || document === null) return undefined;
  if ('refused' in document) return 'refused';
  return 'state' in document ? String(document.state) : undefined;
}

function wrongUnless(end: string, wanted: Side, side: Side): FaultEnd {
  if (side === wanted) return { end };
  return { end, wrong: typeof side === 'string' ? `the machine is as ${side}` : side.neither };
}
