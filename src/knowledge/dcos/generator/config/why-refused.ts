import { showPlace } from '../../../../text/place.ts';
import { hideValues } from '../explain/hide-secrets.ts';
import { secretValues } from '../explain/secret-arguments.ts';
import type { Generator } from '../generator.ts';

/** What the generator says of a config that it does not take, for people; nothing when it takes it. */
export function whyRefused(generator: Generator, file: string): string[] {
  const verdict = generator.resolve();
  const names = verdict.status === 'errors' ? verdict.errors.keys() : [];
  const secrets = secretValues(generator, names);
  const hide = (message: string): string => hideValues(message, secrets);
  switch (verdict.status) {
    case 'ok':
      return [];
    case 'crash': {
      const at = verdict.at === undefined ? '' : ` at ${showPlace(verdict.at)}`;
      return [`the generator stops at ${file}${at}: ${verdict.exception}: ${hide(verdict.message)}`];
    }
    case 'errors':
      return [
        ...[...verdict.errors].map(([name, { message, place }]) => {
          const at = place === undefined ? '' : ` (${showPlace(place)})`;
          return `the generator refuses ${file}: ${name}: ${hide(message)}${at}`;
        }),
        ...verdict.unset.map(
          (name) => `the generator refuses ${file}: it does not set ${name}, which nothing calculates`,
        ),
      ];
  }
}
