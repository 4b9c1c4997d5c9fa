import { check } from '../../check/check.ts';
import { explainCheck } from '../../check/explain-check.ts';
import type { CheckReport } from '../../documents/check-report.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Host } from '../../host/host.ts';
import { allKnowledge } from '../../knowledge/all-knowledge.ts';
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
import { hostOf } from '../host-of.ts';
import type { SubjectFlags } from '../subject.ts';
import { shellWord } from '../../text/shell-word.ts';

interface CheckFlags extends OutputOptions, SubjectFlags {
  readonly with?: string | undefined;
  readonly run?: string | undefined;
  readonly explain?: string | undefined;
}

export async function checkVerb(asked: string | undefined, flags: CheckFlags): Promise<ExitCode> {
  if (flags.explain !== undefined) {
    print(checkExplanationText(screenOf(flags), explainCheck(flags.explain, allKnowledge)));
    return ExitCode.ok;
  }
  const host = hostOf(flags);
  const report = await reportOf(host, asked, flags);
  if (flags.json === true) printJson(report);
  else print(checkText(screenOf(flags), report));
  return exitCodeOfVerdict(report);
}

async function reportOf(host: Host, asked: string | undefined, flags: CheckFlags): Promise<CheckReport> {
  if (asked === undefined) {
    throw new CouldNotRun('which replacement shall be checked?', {
      next: 'cutover check SPEC.yaml, or cutover check SERVICE --with PATH',
    });
  }
  if (flags.with !== undefined && flags.run === undefined) {
    const { today, tomorrow } = foreseeProgram(host, asked, flags.with, flags);
    return check(today, tomorrow, new Set());
  }
  const spec = await specOf(asked, flags);
  try {
    return checkForeseen(foresee(host, spec, flags));
  } catch (error) {
    const { rethrowNothingToChange } = await import('../rethrow-nothing-to-change.ts');
    return rethrowNothingToChange(host, error);
  }
}

/** What reads a spec is a tenth of the time of a check that has none, so it is loaded by those alone that have one. */
async function specOf(asked: string, flags: CheckFlags): Promise<Spec> {
  if (flags.with !== undefined && flags.run !== undefined)
    return (await import('../spec-of-directory.ts')).specOfDirectory(asked, flags.with, flags.run);
  const { parseSpec } = await import('../../plan/parse-spec.ts');
  if (isSpecFile(asked)) return parseSpec(asked, readInputFile(asked, 'a spec'));
  throw new CouldNotRun(`what shall replace ${asked}?`, {
    next: `cutover check ${shellWord(asked)} --with PATH, or cutover check SPEC.yaml`,
  });
}
