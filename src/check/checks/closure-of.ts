import type { Closure } from '../../formats/elf/loader/resolve-closure.ts';
import type { Graph } from '../../graph/graph.ts';

/** The program of a graph with its libraries, or why these can not be told. */
export function closureOf({ start }: Graph): Closure | string {
  const closure = start.loaded?.closure;
  if (closure === undefined) return start.refusal?.message ?? 'no ELF program was reached';
  if (closure.loader === 'other') {
    return `${closure.interpreter?.path ?? closure.program.elf.interpreter} is not glibc's loader, whose rules alone are known`;
  }
  if (closure.incomplete) return 'the search for libraries was given up after too many paths';
  return closure;
}
