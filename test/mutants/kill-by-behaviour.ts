import type { CrashMachine } from '../crash/crash-machine.ts';
import type { Behaviour } from './behaviours.ts';
import type { Verdict } from './verdict.ts';

/** A behaviour, and what the engine as it is tells. */
interface Known {
  readonly behaviour: Behaviour;
  readonly tale: readonly string[];
}

/**
 * What judges a harness: it tells every behaviour again, up to the first that is not as it was. What the engine as it is
 * tells is learned when it is needed; the last behaviours are reached by few mutants.
 */
export function judgeOfBehaviours(
  crash: CrashMachine,
  behaviours: readonly Behaviour[],
  useHarness: (text: string) => Promise<void>,
  engine: string,
): (mutant: string) => Promise<Verdict> {
  const learned = new Map<Behaviour, Known>();
  const knownOf = async (behaviour: Behaviour): Promise<Known> => {
    const known = learned.get(behaviour);
    if (known !== undefined) return known;
    await useHarness(engine);
    const now = await know(crash, behaviour);
    learned.set(behaviour, now);
    return now;
  };
  return async (mutant) => {
    const tried: string[] = [];
    for (const behaviour of behaviours) {
      const known = await knownOf(behaviour);
      await useHarness(mutant);
      const difference = await differenceFrom(crash, known).catch(textOf);
      if (difference !== undefined) return { result: 'killed', by: `${behaviour.title}: ${difference}` };
      tried.push(behaviour.title);
    }
    return { result: 'survived', tried };
  };
}

/** Throws where the engine as it is does not tell the same twice: that would kill every mutant. */
async function know(crash: CrashMachine, behaviour: Behaviour): Promise<Known> {
  const tale: string[] = [];
  for await (const part of behaviour.tell(crash)) tale.push(part);
  const difference = await differenceFrom(crash, { behaviour, tale });
  if (difference !== undefined)
    throw new NotTheSame(`${behaviour.title} is not told the same twice: ${difference}`);
  return { behaviour, tale };
}

export class NotTheSame extends Error {}

async function differenceFrom(crash: CrashMachine, { behaviour, tale }: Known): Promise<string | undefined> {
  let at = 0;
  for await (const part of behaviour.tell(crash)) {
    const known = tale[at] ?? '';
    if (part !== known) return firstDifference(known, part);
    at += 1;
  }
  return at === tale.length ? undefined : 'it ends early';
}

function firstDifference(known: string, part: string): string {
  const [was, is] = [known.split('\n'), part.split('\n')];
  const at = was.findIndex((line, index) => line !== is[index]);
  return `'${was[at] ?? ''}' became '${is[at] ?? ''}'`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
