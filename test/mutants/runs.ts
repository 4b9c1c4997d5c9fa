import { readyFor } from '../crash/crash-cases.ts';
import type { CrashMachine } from '../crash/crash-machine.ts';
import { VERBS } from '../crash/crash-scene.ts';

/** A command, and how the machine is brought to where it begins. */
export interface Run {
  readonly title: string;
  readonly words: string;
  begin(crash: CrashMachine): Promise<void>;
}

/** Each verb of the scene, and recoveries that have something to do. `apply` are the deeds of one, unmutated. */
export function runsOf(crash: CrashMachine, apply: readonly string[]): Run[] {
  const { words } = crash.scene;
  const verbs = VERBS.flatMap((verb): Run[] => {
    const said = words[verb];
    if (said === undefined) return [];
    const begin = async (on: CrashMachine): Promise<void> => {
      await readyFor(on, verb);
    };
    return [{ title: verb, words: said, begin }];
  });
  const recoveries = interruptions(apply).map(
    ([what, at]): Run => ({
      title: `recover, of an apply that was killed ${what}`,
      words: 'recover',
      begin: async (on) => {
        await on.runAndDie(await readyFor(on, 'apply'), { at });
      },
    }),
  );
  return [...verbs, ...recoveries];
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
