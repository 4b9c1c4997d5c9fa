import { advance, type Place } from './place.ts';

/**
 * Where a run of characters was first written.
 *
 * - `literal`: it stands at `place`. `verbatim` is false where the source spells it otherwise (an escape, a
 *   JSON encoding), so a position inside it can't be counted on from `place`.
 * - `input`: supplied from outside the sources (an argument the operator gave, a variable, a file's content).
 * - `derived`: computed by a rule, not written anywhere (`str(3)`, a default of systemd).
 * - `unknown`: not to be had, with the reason; printed, never guessed.
 */
export type Origin =
  | { readonly kind: 'literal'; readonly place: Place; readonly verbatim: boolean }
  | { readonly kind: 'input'; readonly name: string; readonly place?: Place }
  | { readonly kind: 'derived'; readonly rule: string; readonly place?: Place }
  | { readonly kind: 'unknown'; readonly reason: string; readonly place?: Place };

/** The origin of what follows `skipped`, the leading part of a run with this origin. */
export function advanceOrigin(origin: Origin, skipped: string): Origin {
  if (origin.kind !== 'literal' || !origin.verbatim) return origin;
  return { ...origin, place: advance(origin.place, skipped) };
}
