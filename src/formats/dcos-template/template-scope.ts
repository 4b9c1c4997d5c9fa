import type { Chunk } from './template.ts';

/** The arguments that a template needs, those of a case only when the switch takes it. */
export interface TemplateScope {
  readonly variables: ReadonlySet<string>;
  /** By the name of the switch, then by case, both in the order of the template. */
  readonly switches: ReadonlyMap<string, ReadonlyMap<string, TemplateScope>>;
}

/**
 * How the generator puts scopes together. `overwritten` (gen/template.py up to 1.8): of two switches with the same
 * name in one body the last counts alone, and switches in a loop are left out. `merged` (from 1.9): both count, and
 * their cases have to be the same.
 */
export type ScopeRule = 'overwritten' | 'merged';

/** Two switches of the same name with different cases. */
export class ScopeConflict extends Error {
  readonly switchName: string;
  readonly cases: readonly [readonly string[], readonly string[]];

  constructor(switchName: string, first: readonly string[], second: readonly string[]) {
    super(`the switches on ${switchName} have different cases`);
    this.switchName = switchName;
    this.cases = [first, second];
  }
}

/** What a template needs. Throws `ScopeConflict` with the rule `merged`. */
export function scopeOfTemplate(
  chunks: readonly Chunk[],
  rule: ScopeRule,
  loopVariables: ReadonlySet<string> = new Set(),
): TemplateScope {
  const variables = new Set<string>();
  const switches = new Map<string, Cases>();
  for (const chunk of chunks) {
    if (chunk.kind === 'replacement' && !loopVariables.has(chunk.name)) variables.add(chunk.name);
    else if (chunk.kind === 'for') {
      const inner = scopeOfTemplate(chunk.body, rule, new Set([...loopVariables, chunk.variable]));
      for (const name of inner.variables) variables.add(name);
      if (rule === 'merged') addSwitches(switches, inner.switches, rule);
    } else if (chunk.kind === 'switch') {
      const cases = new Map<string, TemplateScope>();
      for (const [value, body] of chunk.cases) cases.set(value, scopeOfTemplate(body, rule, loopVariables));
      if (rule === 'overwritten') switches.set(chunk.name, cases);
      else addSwitches(switches, new Map([[chunk.name, cases]]), rule);
    }
  }
  return { variables, switches };
}

/** What at least one of two scopes needs, of different templates. Throws `ScopeConflict` with the rule `merged`. */
export function mergedScope(first: TemplateScope, second: TemplateScope, rule: ScopeRule): TemplateScope {
  const switches = new Map(first.switches);
  addSwitches(switches, second.switches, rule);
  return { variables: new Set([...first.variables, ...second.variables]), switches };
}

type Cases = ReadonlyMap<string, TemplateScope>;

function addSwitches(into: Map<string, Cases>, added: TemplateScope['switches'], rule: ScopeRule): void {
  for (const [name, cases] of added) {
    const known = into.get(name);
    into.set(name, known === undefined ? cases : mergedCases(name, known, cases, rule));
  }
}

function mergedCases(name: string, first: Cases, second: Cases, rule: ScopeRule): Cases {
  const isSame = first.size === second.size && [...first.keys()].every((value) => second.has(value));
  if (rule === 'merged' && !isSame) throw new ScopeConflict(name, [...first.keys()], [...second.keys()]);
  const merged = new Map(first);
  for (const [value, scope] of second) {
    const known = merged.get(value);
    merged.set(value, known === undefined ? scope : mergedScope(known, scope, rule));
  }
  return merged;
}
