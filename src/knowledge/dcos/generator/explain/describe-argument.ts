import type { Place } from '../../../../text/place.ts';
import { isSecret } from '../../../../text/secrets.ts';
import type { GeneratorArgument } from '../../../knowledge.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Setter } from '../arguments/setter.ts';

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
 */
export function describeArgument(generator: Describing, name: string): GeneratorArgument {
  const { settable, why } = howSet(generator, name);
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

/** Texts that the generator makes of all arguments, secrets included (gen/__init__.py from 1.9 on). */
const WITH_SECRETS = new Set(['config_yaml_full', 'expanded_config_full', 'user_arguments_full']);

function isSecretArgument(generator: Describing, name: string): boolean {
  if (WITH_SECRETS.has(name) || generator.secrets().has(name)) return true;
  const argument = generator.argument(name);
  return isSecret(name, argument.kind === 'value' ? argument.text.toString() : '?');
}

function howSet(generator: Describing, name: string): Pick<GeneratorArgument, 'settable' | 'why'> {
  const argument = generator.argument(name);
  const others = generator.settersOf(name).filter(({ user }) => !user);
  if (argument.kind === 'value') return chosen(argument.setter, others, generator);
  if (others.length === 0) {
    return { settable: true, why: `nothing in the sources sets it: it has to stand in ${CONFIG}` };
  }
  const listed = others.map((setter) => described(setter, generator)).join('; ');
  const isSettable = others.every(({ optional, conditions }) => optional || conditions.length > 0);
  return { settable: isSettable, why: isSettable ? `unless it is set: ${listed}` : `${listed}: ${REFUSAL}` };
}

function chosen(
  setter: Setter,
  others: readonly Setter[],
  generator: Describing,
): Pick<GeneratorArgument, 'settable' | 'why'> {
  const said = described(setter, generator);
  if (setter.user) {
    const over = others.find(({ optional }) => optional);
    const instead = over === undefined ? '' : `, instead of the ${described(over, generator)}`;
    return { settable: true, why: `set in ${placeOfUser(setter)}${instead}` };
  }
  if (setter.optional) return { settable: true, why: `${said}: a value in ${CONFIG} goes before it` };
  if (setter.conditions.length === 0) return { settable: false, why: `${said}: ${REFUSAL}` };
  return { settable: false, why: `${said}: while that holds, ${REFUSAL}` };
}

function described(setter: Setter, { sources }: Describing): string {
  const { optional, conditions, written, place, value } = setter;
  const at = written?.place ?? place;
  const when = conditions.map((condition) => `${condition.name} is ${condition.value}`).join(' and ');
  if (value.kind === 'late') return `told by the cloud when the cluster is launched${where(at, sources)}`;
  if (at === undefined) return 'set by the generator itself';
  return `${optional ? 'default' : 'must'}${where(at, sources)}${when === '' ? '' : ` when ${when}`}`;
}

/** `gen/calc.py:352`, as seen from the directory that holds `gen`. */
function where(place: Place | undefined, { directory }: { readonly directory: string }): string {
  if (place === undefined) return '';
  const parent = directory.slice(0, directory.lastIndexOf('/') + 1);
  const file = place.file.startsWith(parent) ? place.file.slice(parent.length) : place.file;
  return ` in ${file}:${place.line}`;
}

function placeOfUser({ value }: Setter): string {
  const origins = value.kind === 'text' ? value.text.slices.map(({ origin }) => origin) : [];
  const place = origins.find((origin) => origin.place !== undefined)?.place;
  return place === undefined ? CONFIG : `${place.file}:${place.line}`;
}
