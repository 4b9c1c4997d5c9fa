import { showPlace } from '../../../../text/place.ts';
import type { UnknownArgument } from './argument.ts';

/** For people: why the sources don't tell the value of an argument, and where they stop telling it. */
export function whyNotEvaluated({ reason, place, cause }: UnknownArgument): string {
  const at = place === undefined ? '' : ` (${showPlace(place)})`;
  if (cause === 'config') return `${reason}${at}`;
  return cause === 'sources'
    ? `the sources could not be read: ${reason}${at}`
    : `it could not be evaluated: ${reason}${at}`;
}
