import type { YamlNode } from '../../../../formats/yaml/parse-yaml.ts';
import type { RenderedYaml } from './render-yaml.ts';

/** What several templates of one name say together (merge_dictionaries of gen/__init__.py). */
export function mergeDocuments(parts: readonly RenderedYaml[]): RenderedYaml {
  let merged: YamlNode | undefined;
  for (const part of parts) {
    if (part.kind === 'fault') return part;
    const next = merged === undefined ? part.root : mergedNodes(merged, part.root);
    if (next === undefined)
      return { kind: 'fault', reason: 'templates of the same name say things of two kinds' };
    merged = next;
  }
  return merged === undefined
    ? { kind: 'fault', reason: 'there is no such template' }
    : { kind: 'document', root: merged };
}

/** Lists are put one behind the other, dicts key by key; anything else can't be merged. */
function mergedNodes(base: YamlNode, addition: YamlNode): YamlNode | undefined {
  if (base.kind === 'list' && addition.kind === 'list') {
    return { kind: 'list', items: [...base.items, ...addition.items] };
  }
  if (base.kind !== 'map' || addition.kind !== 'map') return undefined;
  const entries = new Map(base.entries);
  for (const [name, value] of addition.entries) {
    const known = entries.get(name);
    const merged = known === undefined ? value : mergedNodes(known, value);
    if (merged === undefined) return undefined;
    entries.set(name, merged);
  }
  return { kind: 'map', entries };
}
