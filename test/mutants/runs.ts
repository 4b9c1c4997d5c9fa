import { readyFor } from '../crash/crash-cases.ts';
import type { CrashMachine } from '../crash/crash-machine.ts';
import { type CrashScene, VERBS } from '../crash/crash-scene.ts';

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

/** Recoveries that have something to do. `apply` are the deeds of one. */
export function recoveryRuns(apply: readonly string[]): Run[] {
  return interruptions(apply).map(
    ([what, at]): Run => ({
      title: `recover, of an apply that was killed ${what}`,
      words: 'recover',
      begin: async (on) => {
        await on.runAndDie(await readyFor(on, 'apply'), { at });
      },
    }),
  );
}

/** The deeds, from 1, before which an apply is killed: with the last of its records half written and with it not begun. */
function interruptions(apply: readonly string[]): readonly (readonly [what: string, at: number])[] {
  const records = apply.flatMap((deed, index) =>
    /^write \S+\/records\.jsonl$/.test(deed) ? [index + 1] : [],
  );
  const [end, gate] = [records.at(-1), records.at(-3)];
  if (end === undefined || gate === undefined) throw new Error('an apply writes records');
  return [
    ['while it wrote what its last step but one had found', gate + 1],
    ['before it wrote its end', end],
  ];
}
