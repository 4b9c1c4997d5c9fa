import { readyFor } from '../crash/crash-cases.ts';
import type { CrashMachine } from '../crash/crash-machine.ts';
import { type CrashScene, type Verb, VERBS } from '../crash/crash-scene.ts';

/** A command, and how the machine is brought to where it begins. */
export interface Run {
  readonly title: string;
  readonly words: string;
  begin(crash: CrashMachine): Promise<void>;
}

/** Each verb of the scene, `apply` first. */
export function verbRuns({ words }: CrashScene): Run[] {
  return VERBS.flatMap((verb): Run[] => {
    const said = words[verb];
    if (said === undefined) return [];
    const begin = async (on: CrashMachine): Promise<void> => {
      await readyFor(on, verb);
    };
    return [{ title: verb, words: said, begin }];
  });
}

/** Recoveries that have something to do. `deedsOf` gives those of a whole run. */
export function recoveryRuns({ words }: CrashScene, deedsOf: (verb: Verb) => readonly string[]): Run[] {
  // Where no change waits no boot looks for what is left of a unit: the next recover does.
  const waits = words.confirm !== undefined;
  return [...interruptions(deedsOf('apply')), ...(waits ? [interruption(deedsOf('rollback'))] : [])].map(
    ({ verb, what, at }): Run => ({
      title: `recover, after ${verb} was killed ${what}`,
      words: 'recover',
      begin: async (on) => {
        await on.runAndDie(await readyFor(on, verb), { at });
      },
    }),
  );
}

interface Interruption {
  readonly verb: Verb;
  readonly what: string;
  /** The deed, from 1, before which it is killed. */
  readonly at: number;
}

/** With the last of its records half written and with it not begun. */
function interruptions(apply: readonly string[]): Interruption[] {
  const records = apply.flatMap((deed, index) =>
    /^write \S+\/records\.jsonl$/.test(deed) ? [index + 1] : [],
  );
  const [end, gate] = [records.at(-1), records.at(-3)];
  if (end === undefined || gate === undefined) throw new Error('an apply writes records');
  return [
    { verb: 'apply', what: 'while it wrote what its last step but one had found', at: gate + 1 },
    { verb: 'apply', what: 'before it wrote its end', at: end },
  ];
}

/** Before its change knows of it: one that waits to be confirmed goes on waiting. */
function interruption(rollback: readonly string[]): Interruption {
  const unit = rollback.findIndex((deed) => /^create \S+\/cutover-recover\.service\.new$/.test(deed));
  if (unit < 0) throw new Error('a rollback writes a unit');
  return { verb: 'rollback', what: 'while it wrote its unit', at: unit + 2 };
}
