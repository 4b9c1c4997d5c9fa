import { libraryReport } from '../../inspect/library-report.ts';
import { libraryReportText } from '../../report/terminal/library-report-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf } from '../host-of.ts';
import type { SubjectFlags } from '../subject.ts';
import { pathAsked } from '../where-asked.ts';

interface LibrariesFlags extends OutputOptions, SubjectFlags {
  readonly symbols?: boolean | undefined;
}

/** The libraries of files and of all ELF files in directories; `no` where one of several files is no ELF file. */
export function inspectLibraries(paths: readonly string[], flags: LibrariesFlags): ExitCode {
  const host = hostOf(flags);
  const asked = paths.map((path) => pathAsked(host, flags, path));
  const report = libraryReport(host, asked, flags.symbols === true);
  if (flags.json === true) printJson(report);
  else print(libraryReportText(screenOf(flags), report));
  return report.notElf === undefined ? ExitCode.ok : ExitCode.no;
}
