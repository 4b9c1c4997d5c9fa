import { resolve } from 'node:path';
import { dependentsOf } from '../../inspect/dependents.ts';
import { dependentsText } from '../../report/terminal/dependents-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf, knownHostOf, type SubjectFlags } from '../subject.ts';

/** `inspect --path FILE`: the way back. */
export function inspectPath(path: string, flags: OutputOptions & SubjectFlags): ExitCode {
  const dependents = dependentsOf(knownHostOf(hostOf(flags), flags), resolve('/', path));
  if (flags.json === true) printJson(dependents);
  else print(dependentsText(screenOf(flags), dependents));
  return ExitCode.ok;
}
