import { CouldNotRun } from '../documents/could-not-run.ts';
import type { FoundFile } from '../formats/elf/loader/found-file.ts';
import { type Closure, resolveClosure } from '../formats/elf/loader/resolve-closure.ts';
import type { Malformed } from '../formats/elf/malformed.ts';
import { type ElfFiles, elfFilesOf } from './elf-files.ts';
import { getoptOf } from './getopt-of.ts';
import { mentionsOf } from './mentions-of.ts';
import { type HiddenBy, withHidden } from './hidden-by.ts';
import { otherProcessors } from './other-processors.ts';
import { loaderSettings, type ProcessStart } from './loader-settings.ts';
import type { LoadedProgram } from './service-start.ts';
import type { Host } from '../host/host.ts';

/**
 * A program with the libraries that its loader would take; undefined, with a word in `notExamined`, when it is no ELF
 * file. Throws `CouldNotRun` when it or one of its libraries is damaged.
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
  refuseUnusable(closure, files, hiddenBy);
  return {
    closure,
    lookup: files.lookup,
    settings,
    hiddenBy,
    symbolsOf: (object) => files.symbolsOf(object),
    relocatedOf: (object) => files.relocatedOf(object),
    mentions: mentionsOf(host),
    getopt: getoptOf(files, closure.program),
  };
}

/** In bytes: ELF's magic number, without which nothing tells what a file was meant to be. */
const MAGIC_SIZE = 4;

function endsEarly(size: number): Malformed {
  return { kind: 'malformed', reason: `a file of ${size} bytes can't be an ELF file`, offset: size };
}

/** At a file that it can not use the loader stops, and the program does not start. */
function refuseUnusable({ missing }: Closure, { host, lookup }: ElfFiles, hiddenBy: HiddenBy): void {
  for (const { fatal, tried } of missing) {
    const last = tried.at(-1);
    if (!fatal || last?.outcome !== 'unusable') continue;
    const { path, reason = 'the loader can not use it' } = last;
    const line = hiddenBy(path);
    if (line !== undefined) throw kept(path, line);
    const elf = lookup(path)?.elf;
    const facts = host.stat(path);
    if (elf?.kind === 'malformed') throw damaged(path, elf);
    if (facts?.type === 'file' && facts.size < MAGIC_SIZE) throw damaged(path, endsEarly(facts.size));
    throw damaged(path, { kind: 'malformed', reason, offset: 0 });
  }
}

function kept(path: string, line: string): CouldNotRun {
  return new CouldNotRun(`${path} is hidden from the service by ${line}`, {
    why: 'In its place the loader finds a file of no bytes, refuses it, and looks no further.',
    next: 'Take the path out of that line, or take it out of where the loader looks.',
  });
}

/** What a damaged program or library means, said once for all who come upon one. */
export function damaged(path: string, malformed: Malformed): CouldNotRun {
  return new CouldNotRun(`${path} is damaged: ${malformed.reason} (at byte ${malformed.offset})`, {
    why: 'The loader refuses such a file, and what it needs or provides can not be known.',
    next: 'Copy the file again from where it was built, or reinstall its package.',
  });
}
