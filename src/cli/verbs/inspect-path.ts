import { dependentsOf } from '../../inspect/dependents.ts';
import { dependentsText } from '../../report/terminal/dependents-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf } from '../host-of.ts';
import { knownHostOf, type SubjectFlags } from '../subject.ts';
import { pathAsked } from '../where-asked.ts';

/** `inspect --path FILE`: the way back. */
export function inspectPath(path: string, flags: OutputOptions & SubjectFlags): ExitCode {
  const host = hostOf(flags);
  const dependents = dependentsOf(knownHostOf(host, flags), pathAsked(host, flags, path));
  if (flags.json === true) printJson(dependents);
  else print(dependentsText(screenOf(flags), dependents));
  return ExitCode.ok;
}
