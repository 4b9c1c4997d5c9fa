import type { FoundFile } from '../formats/elf/loader/found-file.ts';
import { resolveClosure } from '../formats/elf/loader/resolve-closure.ts';
import { elfFilesOf } from './elf-files.ts';
import { getoptOf } from './getopt-of.ts';
import { mentionsOf } from './mentions-of.ts';
import { type HiddenBy, withHidden } from './hidden-by.ts';
import { damaged, endsEarly, loaderRefusals, MAGIC_SIZE } from './loader-refusals.ts';
import { otherProcessors } from './other-processors.ts';
import { loaderSettings, type ProcessStart } from './loader-settings.ts';
import type { LoadedProgram } from './service-start.ts';
import type { Host } from '../host/host.ts';

/**
 * A program with the libraries that its loader would take; undefined, with a word in `notExamined`, when it is no ELF
 * file. Throws `CouldNotRun` when it is damaged; a library that is damaged is among the `refusals`.
 */
export function loadProgram(
  host: Host,
  path: string,
  start: ProcessStart,
  notExamined: string[],
  hiddenBy: HiddenBy = () => undefined,
): LoadedProgram | undefined {
  const files = elfFilesOf(host);
  const found = files.lookup(path);
  const elf = found?.elf ?? { kind: 'not-elf' };
  if (elf.kind === 'not-elf') {
    const size = host.stat(path)?.size ?? 0;
    if (size < MAGIC_SIZE) throw damaged(path, endsEarly(size));
    notExamined.push(`${path} is neither an ELF program nor a script`);
    return undefined;
  }
  if (elf.kind === 'malformed') throw damaged(path, elf);
  const interpreter = start.loader?.path ?? elf.interpreter;
  const { settings, notExamined: unknown } = loaderSettings(host, elf, interpreter, start);
  notExamined.push(...unknown);
  const { realPath = path, identity }: Partial<FoundFile> = found ?? {};
  const program = { path, realPath, elf, ...(identity === undefined ? {} : { identity }) };
  const resolved = resolveClosure(program, files.lookup, settings, interpreter);
  const closure = { ...resolved, missing: resolved.missing.map((one) => withHidden(one, hiddenBy)) };
  notExamined.push(...otherProcessors(program, closure, files.lookup, settings));
  return {
    closure,
    refusals: loaderRefusals(closure, files, hiddenBy),
    lookup: files.lookup,
    settings,
    hiddenBy,
    symbolsOf: (object) => files.symbolsOf(object),
    relocatedOf: (object) => files.relocatedOf(object),
    mentions: mentionsOf(host),
    getopt: getoptOf(files, closure.program),
  };
}
