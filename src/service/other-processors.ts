import type { Lookup } from '../formats/elf/loader/found-file.ts';
import type { Closure } from '../formats/elf/loader/resolve-closure.ts';
import { type ProgramFile, resolveClosure } from '../formats/elf/loader/resolve-closure.ts';
import type { LoaderSettings } from '../formats/elf/loader/search-libraries.ts';

/** Levels of x86-64, best first: the names under `glibc-hwcaps/`. Source: ld.so(8). */
const LEVELS = ['x86-64-v4', 'x86-64-v3', 'x86-64-v2'];

/**
 * What the loader takes on processors of a higher level than the plainest, which `closure` is for; for people. A root
 * directory does not tell what it runs on.
 */
export function otherProcessors(
  program: ProgramFile,
  closure: Closure,
  lookup: Lookup,
  settings: LoaderSettings,
): string[] {
  if (settings.processor !== undefined || program.elf.machine !== 'x86-64') return [];
  const on = (level: number): string[] => {
    const processor = { hwcaps: LEVELS.slice(level), legacyCapabilities: undefined, platform: undefined };
    const better = resolveClosure(program, lookup, { ...settings, processor });
    const before = new Set(closure.objects.map(({ path }) => path));
    return better.objects.map(({ path }) => path).filter((path) => !before.has(path));
  };
  // The best one searches where all the others do.
  if (on(0).length === 0) return [];
  return LEVELS.flatMap((name, level) => {
    const taken = on(level);
    return taken.length === 0
      ? []
      : [`which processor it runs on: on one of level ${name} the loader takes ${taken.join(', ')} instead`];
  });
}
