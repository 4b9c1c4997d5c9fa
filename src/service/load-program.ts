import type { FoundFile, Lookup } from '../formats/elf/loader/found-file.ts';
import { type MissingLibrary, resolveClosure } from '../formats/elf/loader/resolve-closure.ts';
import { abiSideOf } from './abi-side.ts';
import { type ElfFiles, elfFilesOf } from './elf-files.ts';
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
  const lookup = openedBy(start, files, interpreter);
  const resolved = resolveClosure(program, lookup, settings, interpreter);
  const missing = resolved.missing.map((one) => withRefused(withHidden(one, hiddenBy), start, files));
  const closure = { ...resolved, missing };
  notExamined.push(...otherProcessors(program, closure, lookup, settings));
  return {
    closure,
    refusals: loaderRefusals(closure, files, hiddenBy),
    lookup,
    settings,
    hiddenBy,
    symbolsOf: (object) => files.symbolsOf(object),
    relocatedOf: (object) => files.relocatedOf(object),
    abiSideOf: (object) => abiSideOf(host, object),
    mentions: mentionsOf(host),
    getopt: getoptOf(files, closure.program),
  };
}

/**
 * What the loader may not open it passes over, as what is not there: EACCES in open_path() of elf/dl-load.c of glibc. The
 * kernel opens the program and the loader itself.
 */
function openedBy({ refused }: ProcessStart, { lookup }: ElfFiles, interpreter: string | undefined): Lookup {
  if (refused === undefined) return lookup;
  return (path) => {
    const found = lookup(path);
    return found === undefined || path === interpreter || refused(path) === undefined ? found : undefined;
  };
}

function withRefused(
  missing: MissingLibrary,
  { refused }: ProcessStart,
  { lookup }: ElfFiles,
): MissingLibrary {
  if (refused === undefined) return missing;
  const tried = missing.tried.map((one) => {
    const isThere = one.outcome === 'absent' && lookup(one.path) !== undefined;
    const reason = isThere ? refused(one.path) : undefined;
    return reason === undefined ? one : { ...one, reason };
  });
  return { ...missing, tried };
}
