import type { Trace } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import { type OverridePlace, overridePlaces } from '../service/overrides.ts';
import { futileElsewhere, futileFiles } from '../service/overrides-futile.ts';
import { argumentsIn } from './generator-arguments.ts';
import { generatorOverrides } from './generator-overrides.ts';
import { overrideNotes } from './override-notes.ts';
import type { ValueOrigin } from './value-origin.ts';

const MAX_FUTILE = 6;

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
  const futile = [
    ...futileFiles(service, name, noteOn),
    ...byGenerator.futile,
    ...futileElsewhere(host, service, name, noteOn),
  ];
  return {
    overrides: [...overridePlaces(service, name, noteOn).map(withoutManner), ...byGenerator.overrides],
    ...(futile.length === 0 ? {} : { futileOverrides: futile.slice(0, MAX_FUTILE) }),
  };
}

function withoutManner({ file, exists, survives, why }: OverridePlace): Trace['overrides'][number] {
  return { file, exists, survives, why };
}
