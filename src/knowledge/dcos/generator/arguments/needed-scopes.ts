import {
  mergedScope,
  ScopeConflict,
  scopeOfTemplate,
  type TemplateScope,
} from '../../../../formats/dcos-template/template-scope.ts';
import type { Template, TemplateFault } from '../../../../formats/dcos-template/template.ts';
import type { Place } from '../../../../text/place.ts';
import { type Crash, crash } from './crash.ts';

/** How the generators differ in what they need. */
export interface NeedRules {
  readonly isResolver: boolean;
  readonly neededAnyway: readonly string[];
  placeOf(text: string): Place | undefined;
}

export type NeededScopes =
  | { readonly kind: 'scopes'; readonly scopes: readonly TemplateScope[] }
  | { readonly kind: 'crash'; readonly crash: Crash };

/**
 * What has to be resolved, in the generator's order: what is needed anyway, and what the templates need, taken
 * together.
 */
export function neededScopes(
  templates: readonly (Template | TemplateFault)[],
  rules: NeedRules,
): NeededScopes {
  const rule = rules.isResolver ? 'merged' : 'overwritten';
  let merged: TemplateScope = { variables: new Set(), switches: new Map() };
  try {
    for (const template of templates) {
      if (template.kind === 'fault') return broken(template);
      merged = mergedScope(merged, scopeOfTemplate(template.chunks, rule), rule);
    }
  } catch (error) {
    if (error instanceof ScopeConflict) return { kind: 'crash', crash: conflict(error, rules) };
    throw error;
  }
  const anyway: TemplateScope = { variables: new Set(rules.neededAnyway), switches: new Map() };
  return { kind: 'scopes', scopes: anyway.variables.size === 0 ? [merged] : [anyway, merged] };
}

function broken({ message, place }: TemplateFault): NeededScopes {
  return { kind: 'crash', crash: crash('SyntaxError', message, place) };
}

function conflict({ switchName, cases: [first, second] }: ScopeConflict, rules: NeedRules): Crash {
  const said = 'Same name / switch variable introduced with a different set of possible cases.';
  const message = `${said} name: ${switchName}. First options: ${keys(first)}, Second options: ${keys(second)}`;
  return crash('AssertionError', message, rules.placeOf('assert self.cases.keys() == other.cases.keys()'));
}

function keys(cases: readonly string[]): string {
  return `dict_keys([${cases.map((one) => `'${one}'`).join(', ')}])`;
}
