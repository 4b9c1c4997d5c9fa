import type { CheckReport, CheckResult, Finding } from '../documents/check-report.ts';
import type { Silence } from '../documents/silence.ts';
import type { Graph } from '../graph/graph.ts';
import { outcomeOf } from '../knowledge/check-outcome.ts';
import { applySilences } from './apply-silences.ts';
import { commandText } from './checks/other-commands.ts';
import { GENERIC_CHECKS } from './generic-checks.ts';

/**
 * What running the service of `tomorrow` instead of the one of `today` would break: the checks of any service,
 * then those of every knowledge that recognises today's or tomorrow's. `accepted` are the points of no return that the spec
 * accepts, by their ids, `silences` the findings that it takes upon it. The verdict is `ready` only when every check that can find blockers could be run and found none.
 */
export function check(
  today: Graph,
  tomorrow: Graph,
  accepted: ReadonlySet<string>,
  silences: readonly Silence[] = [],
): CheckReport {
  const outcomes = [
    ...GENERIC_CHECKS.map((generic) => outcomeOf(generic, generic.run(today, tomorrow))),
    ...[...today.examinations].flatMap(([id, examination]) =>
      examination.compare(tomorrow.examinations.get(id), tomorrow.start),
    ),
    // A program of another kind than today's is held against itself: what is wrong with it as it is.
    ...[...tomorrow.examinations].flatMap(([id, examination]) =>
      today.examinations.has(id) ? [] : examination.compare(examination, tomorrow.start),
    ),
  ];
  const findings = applySilences(
    outcomes.flatMap((outcome) => outcome.findings),
    silences,
  );
  const checks = outcomes.map((outcome) => resultOf(outcome.check, findings));
  return {
    apiVersion: 'cutover/v1',
    kind: 'CheckReport',
    service: tomorrow.start.service.name,
    commands: { today: commandText(today), tomorrow: commandText(tomorrow) },
    verdict: verdictOf(
      findings,
      checks.some(({ id, result }) => result === 'could-not-run' && !ADVISORY.has(id)),
    ),
    checks,
    findings: SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity)),
    pointsOfNoReturn: [...today.examinations].flatMap(([id, examination]) => {
      const after = tomorrow.examinations.get(id);
      const points = after === undefined ? [] : examination.advise(after).irreversible;
      return points.map((point) => {
        const { id: pointId, title, why } = point;
        return { id: pointId, title, why, accepted: accepted.has(pointId) };
      });
    }),
    notExamined: [...new Set([...today.notExamined, ...tomorrow.notExamined])],
  };
}

/** A check whose findings are all silenced is ok. */
function resultOf(check: CheckResult, findings: readonly Finding[]): CheckResult {
  if (check.result !== 'fault') return check;
  const isFault = findings.some(({ id, severity }) => id === check.id && severity !== 'note');
  return isFault ? check : { ...check, result: 'ok' };
}

const ADVISORY = new Set(GENERIC_CHECKS.flatMap(({ id, advisory }) => (advisory === true ? [id] : [])));
const SEVERITIES = ['blocker', 'warning', 'note'] as const;

function verdictOf(findings: readonly Finding[], couldNotRun: boolean): CheckReport['verdict'] {
  if (findings.some(({ severity }) => severity === 'blocker')) return 'blocked';
  return couldNotRun ? 'could-not-run' : 'ready';
}
