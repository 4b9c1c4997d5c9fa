import type { Spec } from '../plan/spec.ts';

export interface AcceptFlags {
  readonly acceptIrreversible?: readonly string[] | undefined;
}

/** A spec with the points of no return that the command line accepts besides its own. */
export function acceptPoints(spec: Spec, { acceptIrreversible = [] }: AcceptFlags): Spec {
  return { ...spec, accept: [...new Set([...spec.accept, ...acceptIrreversible])] };
}
