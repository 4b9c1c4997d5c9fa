import { showPlace } from '../../../../text/place.ts';
import type { Argument, ArgumentValue } from '../arguments/argument.ts';
import { hopsOfSetter } from '../arguments/hops-of-setter.ts';
import type { Setter } from '../arguments/setter.ts';
import { whyNotEvaluated } from '../arguments/why-not-evaluated.ts';
import type { Missing } from './holes.ts';

/** Why the sources don't tell the value of an argument, and whether it was given to the generator. */
export function whyMissing(argument: Argument): Missing {
  const reason = whyUnknown(argument);
  const setter = setterOf(argument);
  const isInput =
    setter === undefined &&
    (argument.kind === 'value' || (argument.kind === 'unknown' && argument.cause === 'config'));
  return { reason, isInput, hops: setter === undefined ? [] : hopsOfSetter(setter, reason) };
}

/** For people. */
export function whyUnknown(argument: Argument): string {
  switch (argument.kind) {
    case 'unknown':
      return whyNotEvaluated(argument);
    case 'error': {
      const place = argument.place ?? argument.crash?.at;
      const at = place === undefined ? '' : ` (${showPlace(place)})`;
      return `the generator would have stopped: ${argument.message}${at}`;
    }
    case 'unset':
      return 'nothing sets it: the generator would have asked for it';
    case 'skipped':
      return `it depends on ${argument.because}, which has no value`;
    case 'value':
      return argument.isLate === true ? 'it is told when the cluster is launched' : mayHaveSet(argument);
  }
}

function mayHaveSet({ setter, calledWith }: ArgumentValue): string {
  if (setter.optional) return "the operator's config may have set it";
  return `the operator's config may have set what it follows from (${[...(calledWith?.keys() ?? []), ...setter.conditions.map(({ name }) => name)].join(', ')})`;
}

/** Of a value, the one that the operator's config can't have gone before. */
function setterOf(argument: Argument): Setter | undefined {
  switch (argument.kind) {
    case 'unknown':
    case 'error':
      return argument.setter;
    case 'value':
      return argument.setter.optional || argument.isLate === true ? undefined : argument.setter;
    default:
      return undefined;
  }
}
