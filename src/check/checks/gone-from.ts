import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { Graph } from '../../graph/graph.ts';

/** The functions and variables of the library at `path` that tomorrow's has not got; none where one of the two does not load it. */
export function goneFrom(today: Graph, tomorrow: Graph, path: string): string[] {
  const at = ({ start }: Graph): LoadedObject | undefined =>
    start.loaded?.closure.objects.find((object) => object.realPath === path);
  const [was, is] = [at(today), at(tomorrow)];
  return was === undefined || is === undefined ? [] : goneSymbols(today, was, tomorrow, is);
}

/** The names that `was` defines in the process of today and `is` not in that of tomorrow. */
export function goneSymbols(today: Graph, was: LoadedObject, tomorrow: Graph, is: LoadedObject): string[] {
  const left = new Set(definedIn(tomorrow, is));
  return definedIn(today, was).filter((name) => !left.has(name));
}

function definedIn({ start }: Graph, object: LoadedObject): string[] {
  const symbols = start.loaded?.symbolsOf(object);
  return symbols?.kind === 'symbols' ? symbols.defined.map(({ name }) => name) : [];
}
