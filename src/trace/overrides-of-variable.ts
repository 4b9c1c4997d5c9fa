import type { Trace, TraceOverride } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import { type OverridePlace, overridePlaces } from '../service/overrides.ts';
import { futilePlaces } from '../service/overrides-futile.ts';
import { argumentsIn } from './generator-arguments.ts';
import { generatorOverrides } from './generator-overrides.ts';
import { overrideNotes } from './override-notes.ts';
import type { ValueOrigin } from './value-origin.ts';

const MAX_FUTILE = 6;
/** Files of the machine that are named before the generator's config, which a reader should not miss. */
const BEFORE_CONFIG = 2;

/** Where an operator's own value of a variable would win, best first, and where it would be in vain. */
export function overridesOfVariable(
  subject: Subject,
  name: string,
  origin: ValueOrigin | undefined,
): Pick<Trace, 'overrides' | 'futileOverrides'> {
  const { host, service } = subject;
  const noteOn = overrideNotes(subject);
  const byGenerator =
    origin?.generated === undefined
      ? { overrides: [], futile: [] }
      : generatorOverrides(origin.generated, argumentsIn(origin.value, origin.generated));
  const futile = futilePlaces(host, service, name, noteOn, byGenerator.futile);
  const places = overridePlaces(service, name, noteOn).map(withoutManner);
  // Not by `noteOn`: who on the host writes a file, which that looks for, says nothing of what it is meant for.
  const isSpecial = ({ file }: TraceOverride): boolean => subject.noteOn(file).intended === 'special';
  const usual = places.filter((place) => !isSpecial(place));
  return {
    overrides: [
      ...usual.slice(0, BEFORE_CONFIG),
      ...byGenerator.overrides,
      ...usual.slice(BEFORE_CONFIG),
      ...places.filter(isSpecial),
    ],
    ...(futile.length === 0 ? {} : { futileOverrides: futile.slice(0, MAX_FUTILE) }),
  };
}

function withoutManner({ file, exists, survives, why }: OverridePlace): TraceOverride {
  return { file, exists, survives, why };
}
