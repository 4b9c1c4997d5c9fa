import type { Probe } from '../documents/plan.ts';
import type { SpecProbe } from './spec.ts';

/** The keys of which a probe has one: they say how it asks. */
const WAYS = ['url', 'tcp', 'command', 'log'] as const;
const ONLY_WITH = { status: 'url', json: 'url', prints: 'command', must: 'log' } as const;

/** What is wrong with a probe of a spec as a whole, and at which of its keys. */
export function probeProblem(
  probe: SpecProbe,
): { readonly key?: string; readonly message: string } | undefined {
  const [way, other] = WAYS.filter((key) => probe[key] !== undefined);
  if (way === undefined) return { message: `a probe needs one of ${WAYS.join(', ')}` };
  if (other !== undefined) return { key: other, message: `a probe with ${way} can't have ${other} as well` };
  for (const [key, needs] of Object.entries(ONLY_WITH)) {
    if (needs !== way && key in probe)
      return { key, message: `${key} goes with ${needs}, and this probe has ${way}` };
  }
  return undefined;
}

/** A probe as a plan has it. Throws for one of which `probeProblem` tells a problem. */
export function planProbe(probe: SpecProbe): Probe {
  const { title, url, status = 200, json = [], tcp, command, prints, log, must = 'appear' } = probe;
  if (url !== undefined) return { title, url, status, json };
  if (tcp !== undefined) return { title, tcp };
  if (command !== undefined) return { title, command, ...(prints === undefined ? {} : { prints }) };
  if (log !== undefined) return { title, log, must };
  throw new TypeError('a probe that asks nothing');
}
