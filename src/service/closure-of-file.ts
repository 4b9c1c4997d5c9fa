import { usualInterpreter } from '../formats/elf/loader/loader-platform.ts';
import { type Closure, resolveClosure } from '../formats/elf/loader/resolve-closure.ts';
import type { MalformedElf } from '../formats/elf/parse-elf.ts';
import type { ElfFiles } from './elf-files.ts';
import { loaderSettings, PLAIN_START, type ProcessStart } from './loader-settings.ts';

/**
 * The libraries that a program or a library brings with it when it is loaded by itself, as ldd(1) would have it;
 * undefined for what is neither: no ELF file, an object file, a core.
 */
export function closureOfFile(
  files: ElfFiles,
  path: string,
  start: ProcessStart = PLAIN_START,
): Closure | MalformedElf | undefined {
  const found = files.lookup(path);
  if (found === undefined || found.elf.kind === 'not-elf') return undefined;
  const { realPath, identity, elf } = found;
  if (elf.kind === 'malformed') return elf;
  if (elf.type !== 'shared' && elf.type !== 'executable') return undefined;
  const interpreter = elf.interpreter ?? (elf.dynamic === undefined ? undefined : usualInterpreter(elf));
  const { settings } = loaderSettings(files.host, elf, interpreter, start);
  const program = { path, realPath, elf, ...(identity === undefined ? {} : { identity }) };
  return resolveClosure(program, files.lookup, settings, interpreter);
}
