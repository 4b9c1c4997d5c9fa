import type { Chunk } from './template.ts';

/** The arguments that a template needs, those of a case only when the switch takes it. */
export interface TemplateScope {
  readonly variables: ReadonlySet<string>;
  /** By the name of the switch, then by case. */
  readonly switches: ReadonlyMap<string, ReadonlyMap<string, TemplateScope>>;
}

export function scopeOfTemplate(chunks: readonly Chunk[]): TemplateScope {
  const variables = new Set<string>();
  const switches = new Map<string, Map<string, TemplateScope>>();
  for (const chunk of chunks) {
    if (chunk.kind === 'replacement') variables.add(chunk.name);
    if (chunk.kind === 'for') {
      const inner = scopeOfTemplate(chunk.body);
      for (const name of inner.variables) if (name !== chunk.variable) variables.add(name);
    }
    if (chunk.kind === 'switch') {
      const cases = switches.get(chunk.name) ?? new Map<string, TemplateScope>();
      switches.set(chunk.name, cases);
      for (const [value, body] of chunk.cases) {
        cases.set(value, mergedScope([cases.get(value), scopeOfTemplate(body)]));
      }
    }
  }
  return { variables, switches };
}

/** The union of scopes: what at least one of them needs. */
export function mergedScope(scopes: readonly (TemplateScope | undefined)[]): TemplateScope {
  const variables = new Set<string>();
  const switches = new Map<string, Map<string, TemplateScope>>();
  for (const scope of scopes) {
    for (const name of scope?.variables ?? []) variables.add(name);
    for (const [name, cases] of scope?.switches ?? []) {
      const into = switches.get(name) ?? new Map<string, TemplateScope>();
      switches.set(name, into);
      for (const [value, inner] of cases) into.set(value, mergedScope([into.get(value), inner]));
    }
  }
  return { variables, switches };
}
