import { apply as makeChange } from '../../engine/apply.ts';
import { refuseUnfinished, refuseWithoutMeans } from '../../engine/refuse-to-begin.ts';
import { needNotBeExamined } from '../../check/need-not-be-examined.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Host } from '../../host/host.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { lockHolder } from '../../journal/lock.ts';
import { parseSpec } from '../../plan/parse-spec.ts';
import { readPlan } from '../../plan/read-plan.ts';
import { duration } from '../../plan/spec.ts';
import { checkText } from '../../report/terminal/check-text.ts';
import { type AmendFlags, amendSpec } from '../amend-spec.ts';
import { checkForeseen } from '../check-foreseen.ts';
import type { ExitCode } from '../exit-code.ts';
import { exitCodeOfVerdict } from '../exit-code-of-verdict.ts';
import { type Foreseen, foreseePlan } from '../foresee.ts';
import { foreseeOrSayWhy } from '../foresee-or-say-why.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { printOutcome } from '../print-outcome.ts';
import { readInputFile } from '../read-input-file.ts';
import { engineOptions, type ProgressFlags } from '../show-progress.ts';
import type { SubjectFlags } from '../subject.ts';

interface ApplyFlags extends OutputOptions, ProgressFlags, SubjectFlags, AmendFlags {
  readonly despiteBlockers?: boolean | undefined;
  readonly confirmWithin?: string | undefined;
}

export async function apply(file: string, flags: ApplyFlags): Promise<ExitCode> {
  const machine = liveMachine();
  const confirmWithinMs = flags.confirmWithin === undefined ? undefined : timeOf(flags.confirmWithin);
  await refuseWithoutMeans(machine, 'apply');
  const change = reviewed(machine.host, file, flags);
  const { plan } = change;
  const report = checkForeseen(change);
  // Before the blockers: they may be of what that change left. Whoever is at work on it holds the lock, and is told later.
  if (lockHolder(machine) === undefined) refuseUnfinished(machine, plan.service);
  const today = () => checkForeseen({ ...change, tomorrow: change.today });
  const isAsked = report.verdict === 'ready' || flags.despiteBlockers === true;
  if (!isAsked && !needNotBeExamined(plan, report, today)) {
    if (flags.json === true) printJson(report);
    else
      print(
        `${checkText(screenOf(flags), report)}nothing was changed; --despite-blockers goes on all the same\n`,
      );
    return exitCodeOfVerdict(report);
  }
  if (report.verdict === 'could-not-run' && flags.quiet !== true)
    process.stderr.write(
      'check could not look at everything (cutover check says at what), and that is gone on with\n',
    );
  const outcome = await makeChange(plan, machine, { ...engineOptions(flags), confirmWithinMs });
  return printOutcome(outcome, flags);
}

/** The plan that the file holds, or that is made of the spec it holds, thought through. */
function reviewed(host: Host, file: string, flags: ApplyFlags): Foreseen {
  const text = readInputFile(file, 'a plan or a spec');
  const isPlan = text.trimStart().startsWith('{');
  if (isPlan) refuseForPlan(flags);
  return isPlan
    ? foreseePlan(host, readPlan(file, text), flags)
    : foreseeOrSayWhy(host, amendSpec(parseSpec(file, text), flags), flags);
}

function refuseForPlan({ acceptIrreversible, trial }: ApplyFlags): void {
  const [option] = [
    ...(acceptIrreversible === undefined ? [] : ['--accept-irreversible NAME']),
    ...(trial === undefined ? [] : [trial ? '--trial' : '--no-trial']),
  ];
  if (option === undefined) return;
  throw new CouldNotRun(`${option.split(' ')[0]} goes with a spec, and this is a plan`, {
    why: 'A plan is applied exactly as it was reviewed, or not at all.',
    next: `Make the plan with it: cutover plan SPEC ${option} --out FILE`,
  });
}

function timeOf(text: string): number {
  const parsed = duration.safeParse(text);
  if (parsed.success && parsed.data >= 1000) return parsed.data;
  throw new CouldNotRun(`--confirm-within ${text} must be a time from 1s to 999999h, such as 90s, 10m or 2h`);
}
