import type { TemplateScope } from '../../../../formats/dcos-template/template-scope.ts';
import type { Argument } from './argument.ts';
import { ArgumentResolver, type ToResolve } from './resolve-arguments.ts';

/** The arguments that scopes need, each case's only when its switch takes it, and all those that they need. */
export function neededArguments(
  toResolve: ToResolve,
  scopes: readonly TemplateScope[],
): ReadonlyMap<string, Argument> {
  // Of its own: what else was asked for is not needed.
  const resolver = new ArgumentResolver(toResolve);
  for (const scope of scopes) need(scope, resolver);
  return resolver.found();
}

function need(scope: TemplateScope, resolver: ArgumentResolver): void {
  for (const name of scope.variables) resolver.get(name);
  for (const [name, cases] of scope.switches) {
    const argument = resolver.get(name);
    const chosen = argument.kind === 'value' ? cases.get(argument.text.toString()) : undefined;
    if (chosen !== undefined) need(chosen, resolver);
  }
}
