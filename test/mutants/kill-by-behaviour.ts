import type { CrashMachine } from '../crash/crash-machine.ts';
import type { Behaviour } from './behaviours.ts';
import type { Verdict } from './verdict.ts';

/** A behaviour, and what the engine as it is tells. */
export interface Known {
  readonly behaviour: Behaviour;
  readonly tale: readonly string[];
}

/** Throws where the engine as it is does not tell the same twice: that would kill every mutant. */
export async function know(crash: CrashMachine, behaviour: Behaviour): Promise<Known> {
  const tale: string[] = [];
  for await (const part of behaviour.tell(crash)) tale.push(part);
  const difference = await differenceFrom(crash, { behaviour, tale });
  if (difference !== undefined)
    throw new Error(`${behaviour.title} is not told the same twice: ${difference}`);
  return { behaviour, tale };
}

/** Tells every behaviour again, up to the first that is not as it was. */
export async function killByBehaviour(crash: CrashMachine, known: readonly Known[]): Promise<Verdict> {
  const tried: string[] = [];
  for (const each of known) {
    const { title } = each.behaviour;
    const difference = await differenceFrom(crash, each).catch(textOf);
    if (difference !== undefined) return { result: 'killed', by: `${title}: ${difference}` };
    tried.push(title);
  }
  return { result: 'survived', tried };
}

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
