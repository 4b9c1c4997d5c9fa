import type { Host } from '../host/host.ts';
import type { Spec } from '../plan/spec.ts';
import { type Foreseen, foresee } from './foresee.ts';
import { rethrowNothingToChange } from './rethrow-nothing-to-change.ts';
import type { SubjectFlags } from './subject.ts';

/** Thinks a spec through; where it would change nothing on this machine, throws why that is so. */
export function foreseeOrSayWhy(host: Host, spec: Spec, flags: SubjectFlags): Foreseen {
  try {
    return foresee(host, spec, flags);
  } catch (error) {
    return rethrowNothingToChange(host, error);
  }
}
