import type { Plan, UnitEffect } from '../../documents/plan.ts';
import { renderStep } from '../../plan/render-step.ts';
import { maskSecrets } from '../../text/secrets.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

/** A plan for review: each step, what it does to the machine, and what can not be undone. */
export function planText(screen: Screen, plan: Plan): string {
  const steps = plan.steps.flatMap((step, index) => {
    const [first = '', ...rest] = renderStep(step);
    const heading = rows(screen, [[`${String(index + 1).padStart(2)}.`, safe(first)]], 0);
    const shown = rest.length === 0 ? [] : maskSecrets(rest.join('\n')).split('\n');
    return [...heading, ...shown.map((line) => `      ${safe(line)}`)];
  });
  const effects = [
    ofTheService(plan),
    ...othersText(plan.effects),
    safe(plan.effects.downtime),
    ...(plan.effects.pending ?? []).map(
      (what) => `takes effect with it, and is not taken back by a rollback: ${safe(what)}`,
    ),
    ...plan.effects.readers.map(({ unit, file }) => `${safe(unit)} reads ${safe(file)} too`),
    ...(plan.effects.notExamined ?? []).map((what) => `not examined: ${safe(what)}`),
    ...plan.effects.leftAlone.map(({ path, why }) => `${safe(path)} is left alone: ${safe(why)}`),
  ];
  const points = plan.irreversible.flatMap((point) => [
    `${paint(screen, 'yellow', 'can not be undone')}  ${paint(screen, 'bold', safe(point.title))}  [${point.id}]`,
    ...paragraph(screen, safe(point.why), 2),
    `  ${point.accepted ? 'accepted in the spec' : `not accepted; accept it in the spec with: accept: [${point.id}]`}`,
  ]);
  const lines = [
    `plan for ${paint(screen, 'bold', safe(plan.service))}`,
    '',
    ...steps,
    '',
    ...effects.flatMap((effect) => paragraph(screen, `effect: ${effect}`, 0)),
    ...points,
    '',
    `digest ${plan.digest}, made on host state ${plan.hostDigest}`,
  ];
  return `${lines.join('\n')}\n`;
}

function ofTheService({ service, effects }: Plan): string {
  return effects.starts?.includes(service) === true
    ? `starts ${safe(service)} (it does not run now)`
    : `restarts ${safe(service)}`;
}

const MOST_OTHERS = 20;

function othersText({ others = [], activity }: Plan['effects']): string[] {
  const more = others.length - MOST_OTHERS;
  return [
    ...others.slice(0, MOST_OTHERS).map(otherUnit),
    ...(more > 0 ? [`${more} more units are restarted, started or stopped with it: --json names them`] : []),
    // A root does not tell which units run.
    ...(activity === 'assumed' && others.length > 0
      ? ['of the other units those are restarted that run']
      : []),
    ...(activity === 'assumed'
      ? ['not examined: which units do not run, and are started because it is']
      : []),
  ];
}

function otherUnit({ unit, does, by, relation, evidence }: UnitEffect): string {
  const what = { restarts: 'restarts', starts: 'starts', stops: 'stops, and does not start again,' }[does];
  const where = 'how' in evidence ? evidence.how : `${evidence.file}:${evidence.line}`;
  return safe(`${what} ${unit} with ${by}: ${relation}=, ${where}`);
}
