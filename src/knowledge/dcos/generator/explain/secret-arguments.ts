import { isSecretName } from '../../../../text/secret-names.ts';
import type { Argument } from '../arguments/argument.ts';

interface WithSecrets {
  argument(name: string): Argument;
  secrets(): ReadonlySet<string>;
}

/** Texts that the generator makes of all arguments, secrets included (gen/__init__.py from 1.9 on). */
const OF_ALL = ['config_yaml_full', 'expanded_config_full', 'user_arguments_full'];

/** The arguments that the generator counts among its secrets, and those that hold all of them. */
export function secretArguments(generator: WithSecrets): ReadonlySet<string> {
  return new Set([...generator.secrets(), ...OF_ALL]);
}

/**
 * The values of the secret arguments, and of those arguments whose names say that they are secrets. Of one that holds
 * all others, of which most are none, only what stands for it while it is not known.
 */
export function secretValues(generator: WithSecrets, names: Iterable<string> = []): string[] {
  const named = [...names].filter(isSecretName);
  return [...new Set([...secretArguments(generator), ...named])].flatMap((name) => {
    const argument = generator.argument(name);
    if (argument.kind !== 'value') return [`{{ ${name} }}`];
    return OF_ALL.includes(name) ? [] : [argument.text.toString()];
  });
}
