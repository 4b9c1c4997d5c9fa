import { posix } from 'node:path';
import type { Finding } from '../../documents/check-report.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { type CheckRun, outcomeOf } from '../check-outcome.ts';
import type { CheckDescription, Examination, Knowledge } from '../knowledge.ts';

const APPLET_CHECK: CheckDescription = {
  id: 'busybox-applet',
  title: 'The BusyBox of tomorrow has the applet that it is asked for',
  explains:
    'BusyBox is many programs in one: the name that it is started by, or its first argument, says which. Which of them a ' +
    "build has is decided when it is made; Debian's has no crond, for instance. A name that it does not have ends it with 127: " +
    '"applet not found". The names stand as texts in the program. The check is silent when the name is among them.',
};

/** What Cutover knows of BusyBox. */
export const busybox: Knowledge = {
  id: 'busybox',
  examine: (start) => (nameOf(start).startsWith('busybox') ? new BusyboxExamination(start) : undefined),
  checks: [APPLET_CHECK],
};

function nameOf({ launch }: ServiceStart): string {
  return posix.basename(launch?.program ?? '');
}

class BusyboxExamination implements Examination {
  readonly nodes = [];
  readonly edges = [];
  readonly notExamined = [];
  readonly start: ServiceStart;

  constructor(start: ServiceStart) {
    this.start = start;
  }

  meanings(): [] {
    return [];
  }

  compare(tomorrow: Examination | undefined): ReturnType<Examination['compare']> {
    const run: CheckRun =
      tomorrow instanceof BusyboxExamination ? appletIsThere(tomorrow.start) : { examined: 0, findings: [] };
    return [outcomeOf(APPLET_CHECK, run)];
  }

  advise(): ReturnType<Examination['advise']> {
    return { state: [], probes: [], probesBack: [], irreversible: [] };
  }
}

/** Source: run_applet_and_exit() and busybox_main() in libbb/appletlib.c of BusyBox 1.35. */
function appletIsThere({ launch, loaded, command }: ServiceStart): CheckRun {
  const [first] = launch?.args ?? [];
  const program = loaded?.closure.program;
  if (program === undefined) return { couldNotRun: 'the program could not be read' };
  const isHelp = first === undefined || /^--(?:help|list|list-full|install)$/.test(first);
  // An option is no name, though it stands in the texts of help.
  const isName = isHelp || !first.startsWith('-');
  if (isHelp || (isName && loaded?.mentions(program, first) === true)) return { examined: 1, findings: [] };
  const finding: Omit<Finding, 'id'> = {
    severity: 'blocker',
    subject: first,
    reason: `${program.path} has no applet of this name: it ends with 127, "applet not found".`,
    evidence: [
      command?.place ?? { how: 'the command of the unit' },
      { how: `looked for in the bytes of ${program.path}` },
    ],
    remedy: `${program.path} --list shows those that it has; the name has to be the first argument.`,
  };
  return { examined: 1, findings: [finding] };
}
