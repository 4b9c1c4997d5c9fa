import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Plan } from '../../documents/plan.ts';
import { refuseMountedState, refuseStateLinkedElsewhere } from '../../engine/refuse-to-begin.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { parseSpec } from '../../plan/parse-spec.ts';
import type { Spec } from '../../plan/spec.ts';
import { specFromFlags } from '../../plan/spec-from-flags.ts';
import { planText } from '../../report/terminal/plan-text.ts';
import { type AmendFlags, amendSpec } from '../amend-spec.ts';
import { ExitCode } from '../exit-code.ts';
import { foreseeOrSayWhy } from '../foresee-or-say-why.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { readInputFile } from '../read-input-file.ts';
import { isSpecFile } from '../spec-file.ts';
import { hostOf } from '../host-of.ts';
import type { SubjectFlags } from '../subject.ts';
import { writeOutputFile } from '../write-output-file.ts';
import { shellWord } from '../../text/shell-word.ts';

export interface PlanFlags extends OutputOptions, SubjectFlags, AmendFlags {
  readonly set?: readonly string[] | undefined;
  readonly unset?: readonly string[] | undefined;
  readonly out?: string | undefined;
}

export function plan(asked: string, flags: PlanFlags): ExitCode {
  const host = hostOf(flags);
  const { plan: made } = foreseeOrSayWhy(host, amendSpec(specOf(asked, flags), flags), flags);
  if (host.kind === 'live') refuseState(made);
  if (flags.out !== undefined) writeOutputFile(flags.out, `${JSON.stringify(made, undefined, 2)}\n`);
  if (flags.json === true) printJson(made);
  else print(`${planText(screenOf(flags), made)}${host.kind === 'live' ? nextText(asked, flags) : ''}`);
  return ExitCode.ok;
}

/** A plan that was written down is applied as it was reviewed; from a spec another is made. */
function nextText(asked: string, { out, acceptIrreversible, trial }: PlanFlags): string {
  if (out !== undefined) return `to do this: cutover apply ${shellWord(out)}\n`;
  if (isSpecFile(asked) && acceptIrreversible === undefined && trial === undefined)
    return `to do this: cutover apply ${shellWord(asked)}\n`;
  return 'to do this: the same command with --out PLAN.json, and cutover apply PLAN.json\n';
}

/** As `apply` would, so far as this user can look: state is often for root alone, and who makes a plan need not be root. */
function refuseState(made: Plan): void {
  if (!made.steps.some(({ kind }) => kind === 'state-snapshot')) return;
  const machine = liveMachine();
  refuseMountedState(machine, made);
  if (machine.processes.uid === 0) refuseStateLinkedElsewhere(machine, made);
}

function specOf(asked: string, flags: PlanFlags): Spec {
  const set = flags.set ?? [];
  const unset = flags.unset ?? [];
  const hasFlags = set.length > 0 || unset.length > 0;
  if (isSpecFile(asked)) {
    if (hasFlags)
      throw new CouldNotRun('--set and --unset go with a service, not with a spec', {
        next: 'Write them into the spec under settings:.',
      });
    return parseSpec(asked, readInputFile(asked, 'a spec'));
  }
  if (!hasFlags) {
    throw new CouldNotRun(`what shall change about ${asked}?`, {
      next: `cutover plan ${shellWord(asked)} --set NAME=VALUE, or cutover plan SPEC.yaml`,
    });
  }
  return specFromFlags(asked, { set, unset });
}
