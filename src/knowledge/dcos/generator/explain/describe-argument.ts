import type { Place } from '../../../../text/place.ts';
import { isSecret } from '../../../../text/secrets.ts';
import type { GeneratorArgument } from '../../../knowledge.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Setter } from '../arguments/setter.ts';
import { secretArguments } from './secret-arguments.ts';
import { showSource } from './show-source.ts';

const CONFIG = 'config.yaml';
const REFUSAL = `the generator refuses a ${CONFIG} that sets it ("must be calculated, but was explicitly set in the configuration")`;

/** What of a generator tells whether its config can set an argument. */
export interface Describing {
  readonly sources: { readonly directory: string };
  argument(name: string): Argument;
  settersOf(name: string): readonly Setter[];
  secrets(): ReadonlySet<string>;
}

/**
 * Whether the operator's config can set an argument: a `default` gives way to it, a `must` makes the generator
 * refuse it, and both count only while their conditions hold (gen/__init__.py up to 1.8, gen/internals.py after).
 * `configFile`: the operator's own, where it is at hand; a value from elsewhere is known by a file of the node.
 */
export function describeArgument(
  generator: Describing,
  name: string,
  configFile: string | undefined,
): GeneratorArgument {
  const { settable, why } = howSet(generator, name, configFile);
  const argument = generator.argument(name);
  const value = argument.kind === 'value' ? argument.setter.value : undefined;
  return {
    config: CONFIG,
    settable,
    why,
    ...(isSecretArgument(generator, name) ? { secret: true } : {}),
    ...(value?.kind === 'function' && value.parameters.length > 0 ? { from: value.parameters } : {}),
  };
}

function isSecretArgument(generator: Describing, name: string): boolean {
  if (secretArguments(generator).has(name)) return true;
  const argument = generator.argument(name);
  return isSecret(name, argument.kind === 'value' ? argument.text.toString() : '?');
}

function howSet(
  generator: Describing,
  name: string,
  configFile: string | undefined,
): Pick<GeneratorArgument, 'settable' | 'why'> {
  const argument = generator.argument(name);
  const setters = generator.settersOf(name);
  const others = setters.filter(({ user }) => !user);
  if (argument.kind === 'value') {
    const { setter } = argument;
    if (setter.user) return ofConfig(setter, others, generator, configFile);
    if (setters.includes(setter)) return ofSources(setter, generator);
  }
  if (others.length === 0) {
    return { settable: true, why: `nothing in the sources sets it: it has to stand in ${CONFIG}` };
  }
  const listed = others.map((setter) => described(setter, generator)).join('; ');
  const isSettable = others.every(({ optional, conditions }) => optional || conditions.length > 0);
  return { settable: isSettable, why: isSettable ? `unless it is set: ${listed}` : `${listed}: ${REFUSAL}` };
}

function ofSources(setter: Setter, generator: Describing): Pick<GeneratorArgument, 'settable' | 'why'> {
  const said = described(setter, generator);
  if (setter.optional) return { settable: true, why: `${said}: a value in ${CONFIG} goes before it` };
  if (setter.conditions.length === 0) return { settable: false, why: `${said}: ${REFUSAL}` };
  return { settable: false, why: `${said}: while that holds, ${REFUSAL}` };
}

function described(setter: Setter, { sources }: Describing): string {
  const { optional, conditions, written, place, value } = setter;
  const at = written?.place ?? place;
  const when = conditions.map((condition) => `${condition.name} is ${condition.value}`).join(' and ');
  if (value.kind === 'late')
    return `must, told by the cloud when the cluster is launched,${where(at, sources)}`;
  if (at === undefined) return 'set by the generator itself';
  return `${optional ? 'default' : 'must'}${where(at, sources)}${when === '' ? '' : ` when ${when}`}`;
}

function where(place: Place | undefined, sources: { readonly directory: string }): string {
  return place === undefined ? '' : ` in ${showSource(place, sources).replace(/:\d+$/, '')}`;
}

/** A value of the config that the generator got: the operator's, or one that the installer put there. */
function ofConfig(
  { value }: Setter,
  others: readonly Setter[],
  generator: Describing,
  configFile: string | undefined,
): Pick<GeneratorArgument, 'settable' | 'why'> {
  const origins = value.kind === 'text' ? value.text.slices.map(({ origin }) => origin) : [];
  const goesBefore = `a value in ${CONFIG} goes before it`;
  const [first] = origins;
  if (first?.kind === 'derived') {
    const isDefault = first.rule.includes('default');
    return { settable: isDefault, why: isDefault ? `${first.rule}: ${goesBefore}` : first.rule };
  }
  if (first?.kind === 'literal') {
    const at = where(first.place, generator.sources);
    return { settable: true, why: `a default of the installer${at}: ${goesBefore}` };
  }
  const place = origins.find((origin) => origin.place !== undefined)?.place;
  const over = others.find(({ optional }) => optional);
  const instead = over === undefined ? '' : `, instead of the ${described(over, generator)}`;
  const at = place === undefined ? '' : `${place.file}:${place.line}`;
  const set = at === '' || place?.file === configFile ? at || CONFIG : `${CONFIG}, as ${at} tells`;
  return { settable: true, why: `set in ${set}${instead}` };
}
