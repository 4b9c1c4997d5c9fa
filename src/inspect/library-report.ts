import type { LibraryReport, LibraryReportFile } from '../documents/library-report.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { showSearchRule } from '../formats/elf/loader/loaded-object.ts';
import { type Closure, openAtRunTime } from '../formats/elf/loader/resolve-closure.ts';
import type { SymbolTables } from '../formats/elf/loader/symbol-bindings.ts';
import type { Host } from '../host/host.ts';
import { rememberingHost } from '../host/remembering-host.ts';
import { closureOfFile } from '../service/closure-of-file.ts';
import { type ElfFiles, elfFilesOf } from '../service/elf-files.ts';
import { loaderSettings, PLAIN_START } from '../service/loader-settings.ts';
import { reportedSymbols } from './reported-symbols.ts';

/**
 * The libraries of the given files, and of all programs and libraries that lie directly in the given directories; links
 * in a directory are passed over. Of several paths, one that is no ELF file is among the `notElf`; alone it is a `CouldNotRun`, as
 * is one that is not there.
 */
export function libraryReport(given: Host, paths: readonly string[], withSymbols: boolean): LibraryReport {
  const host = rememberingHost(given);
  const files = elfFilesOf(host);
  const report: LibraryReport = {
    apiVersion: 'cutover/v1',
    kind: 'LibraryReport',
    files: [],
    damaged: [],
    notExamined: [
      'LD_LIBRARY_PATH and LD_PRELOAD: an empty environment is assumed (inspect SERVICE uses that of the service)',
      'libraries that a program opens while it runs, but for those that its .note.dlopen names',
    ],
  };
  for (const path of paths) {
    const facts = host.stat(path);
    if (facts === undefined) throw new CouldNotRun(`${path} is not there`);
    const isDirectory = facts.type === 'directory';
    for (const file of isDirectory ? filesIn(host, path) : [path]) {
      const closure = closureOfFile(files, file);
      if (closure === undefined) {
        if (isDirectory) continue;
        if (paths.length === 1) throw new CouldNotRun(`${path} is neither an ELF program nor a library`);
        report.notElf = [...(report.notElf ?? []), path];
      } else if ('reason' in closure) {
        report.damaged.push({ path: file, reason: closure.reason, offset: closure.offset });
      } else report.files.push(reportedFile(files, file, closure, withSymbols));
    }
  }
  return report;
}

/** Links are passed over: what they lead to is listed where it lies, or belongs to another directory. */
function filesIn(host: Host, directory: string): string[] {
  const start = directory.replace(/\/+$/, '');
  return (host.list(directory) ?? [])
    .map((name) => `${start}/${name}`)
    .filter((path) => host.lstat(path)?.type === 'file');
}

function reportedFile(
  files: ElfFiles,
  path: string,
  closure: Closure,
  withSymbols: boolean,
): LibraryReportFile {
  const { elf } = closure.program;
  const { type, name, version, architecture } = elf.packageNote ?? {};
  return {
    path,
    machine: elf.machine,
    bits: elf.bits,
    byteOrder: elf.byteOrder,
    kind:
      elf.type === 'executable' || elf.interpreter !== undefined || elf.dynamic?.positionIndependentProgram
        ? 'program'
        : 'library',
    interpreter: elf.interpreter ?? null,
    ...(elf.buildId === undefined ? {} : { buildId: elf.buildId }),
    ...(elf.packageNote === undefined ? {} : { package: { type, name, version, architecture } }),
    libraries: closure.objects.slice(1).map((object) => ({
      name: object.name,
      path: object.path,
      foundBy: showSearchRule(object.rule),
      neededBy: object.requestedBy?.path ?? path,
    })),
    missing: closure.missing.map((library) => ({
      name: library.name,
      neededBy: library.requestedBy.path,
      required: library.fatal,
      tried: library.tried.map(({ rule, ...tried }) => ({ ...tried, by: showSearchRule(rule) })),
    })),
    opensAtRunTime: openedAtRunTime(files, closure),
    ...(withSymbols ? { symbols: reportedSymbols(tablesOf(files), closure) } : {}),
  };
}

function openedAtRunTime(files: ElfFiles, closure: Closure): LibraryReportFile['opensAtRunTime'] {
  const noting = closure.objects.filter(({ elf }) => elf.dlopenNotes.length > 0);
  return noting.flatMap((object) =>
    object.elf.dlopenNotes.map(({ sonames, feature, priority }) => {
      const { settings } = loaderSettings(files.host, object.elf, closure.interpreter?.path, PLAIN_START);
      const found = sonames
        .map((name) => openAtRunTime(closure, name, files.lookup, settings, object).library?.path)
        .find((path) => path !== undefined);
      return {
        sonames: [...sonames],
        ...(feature === undefined ? {} : { feature }),
        priority,
        found: found ?? null,
      };
    }),
  );
}

function tablesOf(files: ElfFiles): SymbolTables {
  return {
    symbolsOf: (object) => files.symbolsOf(object),
    relocatedOf: (object) => files.relocatedOf(object),
  };
}
