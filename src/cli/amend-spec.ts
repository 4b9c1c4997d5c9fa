import type { Spec } from '../plan/spec.ts';

export interface AmendFlags {
  readonly acceptIrreversible?: readonly string[] | undefined;
  readonly trial?: boolean | undefined;
}

/** A spec with what the command line says besides: points of no return that are accepted, and whether there is a trial start. */
export function amendSpec(spec: Spec, { acceptIrreversible = [], trial }: AmendFlags): Spec {
  return {
    ...spec,
    accept: [...new Set([...spec.accept, ...acceptIrreversible])],
    ...(trial === undefined ? {} : { trial: trial ? 'yes' : 'no' }),
  };
}
