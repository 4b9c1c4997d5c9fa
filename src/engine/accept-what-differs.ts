import type { Verified } from '../journal/record.ts';
import { guardOf } from '../plan/guard.ts';
import type { WayBack } from './go-back.ts';
import { leaveAsItIs } from './leave-as-it-is.ts';

/** What a way back came to, in the end. */
interface CameTo {
  readonly verified: Verified;
  /** Why it did not come to its end. */
  readonly failure: string | undefined;
}

/**
 * For an operator who puts up with what differs: it is listed as accepted, and is no failure any more. A way back that could not
 * put everything back (`isWhole`: it did), or that has left its guard, is left where it is.
 */
export async function acceptWhatDiffers(
  way: WayBack,
  {
    found,
    failure,
    isWhole,
  }: { readonly found: Verified; readonly failure: string | undefined; readonly isWhole: boolean },
): Promise<CameTo> {
  const { service } = way.journal.begin;
  const isGuarded = way.machine.host.lstat(guardOf(service).path) !== undefined;
  const left = isWhole && !isGuarded ? undefined : await leaveAsItIs(way);
  if (left?.result === 'still guarded') {
    const first = failure === undefined ? '' : `${failure}; nor could it be left as it is: `;
    return { verified: found, failure: `${first}${left.reason}` };
  }
  return { verified: accepting(found, service, [failure, left?.complaint]), failure: undefined };
}

/** Also a gate that does not pass: the service may have been no better before. */
function accepting(verified: Verified, service: string, failures: readonly (string | undefined)[]): Verified {
  const id = 'accepted-by-operator';
  const accepted = verified.differences.map(({ path, what, expected, found }) => ({
    id,
    path,
    difference: `${what} was ${expected}, is ${found}`,
  }));
  for (const failure of new Set(failures))
    if (failure !== undefined) accepted.push({ id, path: service, difference: failure });
  return { ...verified, differences: [], accepted: [...verified.accepted, ...accepted] };
}
