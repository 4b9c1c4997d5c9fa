import type { Chunk } from '../../../../formats/dcos-template/template.ts';
import { UNITS } from './template-items.ts';

/** The paths that a template says outright, whatever its switches: those of all cases, each once. */
export function saidPaths(chunks: readonly Chunk[]): string[] {
  return [...new Set(allPaths(chunks))];
}

/** Whether the text of a template may say a file, told without parsing it. */
export function maySay(text: string, path: string): boolean {
  return text.includes(path.startsWith(UNITS) ? path.slice(UNITS.length) : path);
}

/** Likewise, each as often as it is said. */
export function allPaths(chunks: readonly Chunk[]): string[] {
  return chunks.flatMap((chunk) => {
    if (chunk.kind === 'switch') return [...chunk.cases.values()].flatMap(allPaths);
    if (chunk.kind !== 'text') return [];
    return Array.from(
      chunk.text.toString().matchAll(/^ *(?:- )?(path|name): *(["']?)([^\s"'{}]+)\2 *$/gm),
      ([, key, , path = '']) => (key === 'name' ? UNITS + path : path),
    );
  });
}
