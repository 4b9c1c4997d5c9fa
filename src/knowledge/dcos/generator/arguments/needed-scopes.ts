import {
  mergedScope,
  scopeOfTemplate,
  type TemplateScope,
} from '../../../../formats/dcos-template/template-scope.ts';
import type { Template, TemplateFault } from '../../../../formats/dcos-template/template.ts';

/**
 * What has to be resolved, in the generator's order: what is needed anyway, and what the templates need, taken
 * together. Throws `ScopeConflict`.
 */
export function neededScopes(
  templates: readonly (Template | TemplateFault)[],
  { isResolver, neededAnyway }: { readonly isResolver: boolean; readonly neededAnyway: readonly string[] },
): TemplateScope[] {
  const rule = isResolver ? 'merged' : 'overwritten';
  let merged: TemplateScope = { variables: new Set(), switches: new Map() };
  for (const template of templates) {
    if (template.kind === 'template')
      merged = mergedScope(merged, scopeOfTemplate(template.chunks, rule), rule);
  }
  const anyway: TemplateScope = { variables: new Set(neededAnyway), switches: new Map() };
  return neededAnyway.length === 0 ? [merged] : [anyway, merged];
}
