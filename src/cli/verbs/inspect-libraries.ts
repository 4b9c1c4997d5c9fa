import { resolve } from 'node:path';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import { libraryReport } from '../../inspect/library-report.ts';
import { libraryReportText } from '../../report/terminal/library-report-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf, type SubjectFlags } from '../subject.ts';

interface LibrariesFlags extends OutputOptions, SubjectFlags {
  readonly libraries?: readonly string[] | undefined;
  readonly symbols?: boolean | undefined;
}

/** The libraries of files and of all ELF files in directories. */
export function inspectLibraries(service: string | undefined, flags: LibrariesFlags): ExitCode {
  if (service !== undefined) {
    throw new CouldNotRun(`inspect is asked about ${service} and about files (--libraries)`, {
      next: `cutover inspect ${service}, or cutover inspect --libraries FILE|DIRECTORY…`,
    });
  }
  const asked = (flags.libraries ?? []).map((path) => (flags.root === undefined ? resolve(path) : path));
  const report = libraryReport(hostOf(flags), asked, flags.symbols === true);
  if (flags.json === true) printJson(report);
  else print(libraryReportText(screenOf(flags), report));
  return ExitCode.ok;
}
