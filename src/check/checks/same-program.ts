import type { Closure } from '../../formats/elf/loader/resolve-closure.ts';

/** Whether two programs are builds of one, by their build ids, else by their path or by what they need. */
export function isSameProgram(before: Closure, after: Closure): boolean {
  const [a, b] = [before.program, after.program];
  if (a.elf.buildId !== undefined && b.elf.buildId !== undefined) return a.elf.buildId === b.elf.buildId;
  if (a.realPath === b.realPath) return true;
  return a.elf.buildId === b.elf.buildId && String(a.elf.dynamic?.needed) === String(b.elf.dynamic?.needed);
}
