import { check } from '../../check/check.ts';
import { explainCheck } from '../../check/explain-check.ts';
import type { CheckReport } from '../../documents/check-report.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Host } from '../../host/host.ts';
import { allKnowledge } from '../../knowledge/all-knowledge.ts';
import { parseSpec } from '../../plan/parse-spec.ts';
import type { Spec } from '../../plan/spec.ts';
import { checkExplanationText } from '../../report/terminal/check-explanation-text.ts';
import { checkText } from '../../report/terminal/check-text.ts';
import { checkForeseen } from '../check-foreseen.ts';
import { ExitCode } from '../exit-code.ts';
import { exitCodeOfVerdict } from '../exit-code-of-verdict.ts';
import { foresee } from '../foresee.ts';
import { foreseeProgram } from '../foresee-program.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { readInputFile } from '../read-input-file.ts';
import { isSpecFile } from '../spec-file.ts';
import { specOfDirectory } from '../spec-of-directory.ts';
import { hostOf } from '../host-of.ts';
import type { SubjectFlags } from '../subject.ts';

interface CheckFlags extends OutputOptions, SubjectFlags {
  readonly with?: string | undefined;
  readonly run?: string | undefined;
  readonly explain?: string | undefined;
}

export function checkVerb(asked: string | undefined, flags: CheckFlags): ExitCode {
  if (flags.explain !== undefined) {
    print(checkExplanationText(screenOf(flags), explainCheck(flags.explain, allKnowledge)));
    return ExitCode.ok;
  }
  const host = hostOf(flags);
  const report = reportOf(host, asked, flags);
  if (flags.json === true) printJson(report);
  else print(checkText(screenOf(flags), report));
  return exitCodeOfVerdict(report);
}

function reportOf(host: Host, asked: string | undefined, flags: CheckFlags): CheckReport {
  if (asked === undefined) {
    throw new CouldNotRun('which replacement shall be checked?', {
      next: 'cutover check SPEC.yaml, or cutover check SERVICE --with PATH',
    });
  }
  if (flags.with !== undefined && flags.run === undefined) {
    const { today, tomorrow } = foreseeProgram(host, asked, flags.with, flags);
    return check(today, tomorrow, new Set());
  }
  return checkForeseen(foresee(host, specOf(asked, flags), flags));
}

function specOf(asked: string, flags: CheckFlags): Spec {
  if (flags.with !== undefined && flags.run !== undefined)
    return specOfDirectory(asked, flags.with, flags.run);
  if (isSpecFile(asked)) return parseSpec(asked, readInputFile(asked, 'a spec'));
  throw new CouldNotRun(`what shall replace ${asked}?`, {
    next: `cutover check ${asked} --with PATH, or cutover check SPEC.yaml`,
  });
}
