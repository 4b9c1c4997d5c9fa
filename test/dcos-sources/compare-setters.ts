import type { ExpectedSetter } from './expectation.ts';
import type { EvaluatedArgument, EvaluatedSetter } from './evaluation.ts';
import type { Comparison, Mismatch } from './comparison.ts';

/** What provenance.json has for a file where no source line was known when it was made. */
const BUILT_IN = '(installer built-in)';

/**
 * The setter that was chosen for each argument. Of `(installer built-in)` ones only conditions, precedence and who set
 * it are known.
 */
export function compareSetters(
  config: string,
  expected: ReadonlyMap<string, ExpectedSetter>,
  got: ReadonlyMap<string, EvaluatedArgument>,
): Comparison {
  const mismatches = [...expected].flatMap(([name, setter]): Mismatch[] => {
    const argument = got.get(name);
    const found = argument?.kind === 'value' ? argument.setter : undefined;
    const wrong = found === undefined ? ['setter'] : differences(setter, found);
    if (wrong.length === 0) return [];
    return [
      {
        subject: 'setter',
        config,
        name,
        expected: show(wrong, factsOf(setter)),
        got: found === undefined ? '(no value)' : show(wrong, foundFacts(found)),
        ...(found?.place === undefined ? {} : { place: found.place }),
      },
    ];
  });
  return { compared: expected.size, mismatches };
}

type Facts = Readonly<Record<string, unknown>>;

function differences(expected: ExpectedSetter, found: EvaluatedSetter): string[] {
  const [wanted, got] = [factsOf(expected), foundFacts(found)];
  return Object.keys(wanted).filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(got[key]));
}

/** The facts that the expectation really knows. */
function factsOf(setter: ExpectedSetter): Facts {
  const common = { is_optional: setter.is_optional, is_user: setter.is_user, conditions: setter.conditions };
  if (setter.file === BUILT_IN) return common;
  if (setter.kind !== 'function') return { kind: setter.kind, ...common };
  const { kind, file, line, parameters } = setter;
  const facts = { kind, function: setter.function, file, line, parameters, ...common };
  return setter.called_with === undefined
    ? facts
    : { ...facts, called_with: sorted(Object.entries(setter.called_with)) };
}

function foundFacts(setter: EvaluatedSetter): Facts {
  const { kind, place } = setter;
  return {
    kind,
    function: setter.function,
    file: place?.file,
    line: place?.line,
    parameters: [...(setter.parameters ?? [])].sort(),
    is_optional: setter.isOptional,
    is_user: setter.isUser,
    conditions: setter.conditions,
    called_with: sorted([...(setter.calledWith ?? [])]),
  };
}

function sorted(entries: [string, string][]): [string, string][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function show(keys: readonly string[], facts: Facts): string {
  return keys.map((key) => `${key}: ${JSON.stringify(facts[key])}`).join(', ');
}
