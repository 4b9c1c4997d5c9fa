import type { GateReport, Outcome } from '../../documents/outcome.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';
import { counted } from '../../text/counted.ts';

/** How a change ended, with the proof. */
export function outcomeText(screen: Screen, outcome: Outcome): string {
  const { verified } = outcome;
  const lines = [
    ...gateLines(screen, 'trial start', outcome.trial),
    ...gateLines(screen, 'gate', outcome.gate),
    ...gateLines(screen, 'gate after going back', outcome.gateBack),
    ...verified.differences.flatMap(({ path, what, expected, found }) => {
      const mark = paint(screen, 'red', 'differs');
      const change = `was ${safe(short(expected))}, is ${safe(short(found))}`;
      return paragraph(screen, `${mark} ${safe(path)}: ${safe(what)} ${change}`, 2);
    }),
    ...verified.accepted.flatMap(({ id, path, difference }) => {
      const mark = paint(screen, 'yellow', 'accepted');
      return paragraph(screen, `${mark} [${id}] ${safe(path)}: ${safe(difference)}`, 2);
    }),
    ...(outcome.kept ?? []).flatMap(({ path, copy }) =>
      paragraph(screen, `${safe(path)} had been changed since; what stood there: ${safe(copy)}`, 2),
    ),
    ...verified.notExamined.flatMap((what) => paragraph(screen, `not examined: ${safe(what)}`, 2)),
    ...(verified.items === 0 ? [] : [verifiedLine(verified)]),
    `  ${downFor(outcome)}journal: ${safe(outcome.journal)}`,
    '',
    ...reasonLines(`${verdict(screen, outcome)}: `, safe(outcome.reason)),
    ...(outcome.confirmBefore === undefined
      ? []
      : [
          `taken back at ${safe(outcome.confirmBefore)} unless confirmed: cutover confirm ${safe(outcome.change)}`,
        ]),
    ...nextLines(outcome),
  ];
  return `${lines.join('\n')}\n`;
}

const LONGEST_LINE = 100;

/** What is longer than a line has each of its parts on one of its own; a terminal may break those, but commands stay whole. */
function reasonLines(before: string, reason: string): string[] {
  if (reason.length <= LONGEST_LINE) return [`${before}${reason}`];
  const [first = '', ...others] = reason.split('; ');
  return [`${before}${first}`, ...others.map((part) => `  ${part}`)];
}

/** What the operator types next, unless the reason says it. */
function nextLines({ state, change, reason, verified }: Outcome): string[] {
  const again = `cutover rollback ${change}`;
  if (state === 'committed') return [`  to take it back: ${safe(again)}`];
  if (state !== 'needs-operator' || reason.includes(again)) return [];
  // Of one that was not gone to its end all that is not back yet differs.
  const differs = verified.differences.length > 0 && !reason.includes('going back did not end well');
  const mend = `  next: mend ${differs ? 'what differs' : 'the cause'}, then: `;
  return [
    `${mend}${safe(again)}`,
    `${'        or accept what differs: '.padEnd(mend.length)}${safe(again)} --accept-differences`,
  ];
}

/** Nothing of a service that was not running, or was not touched. */
function downFor({ downtimeMs, state, reason, service }: Outcome): string {
  if (downtimeMs === 0) return '';
  const isStillDown = state === 'needs-operator' && reason.includes(`${service} is not running`);
  return `down for ${Math.round(downtimeMs)} ms${isStillDown ? ' so far' : ''}; `;
}

function verifiedLine({ items, differences, accepted }: Outcome['verified']): string {
  return `  verified ${items} items: ${counted(differences.length, 'difference')}${beyond(accepted.length)}`;
}

function gateLines(screen: Screen, title: string, gate: GateReport | undefined): string[] {
  if (gate === undefined) return [];
  const result = gate.passed ? paint(screen, 'green', 'passed') : paint(screen, 'red', 'failed');
  const cells = gate.conditions.map((condition): [string, string] => [
    condition.holds ? 'holds' : 'fails',
    `${safe(condition.title)}: ${safe(condition.detail)}`,
  ]);
  const log = gate.log.map((line) => `      ${safe(line)}`);
  return [
    `  ${title}: ${result}`,
    ...rows(screen, cells, 4),
    ...(log.length === 0 ? [] : ['    its last log lines', ...log]),
  ];
}

function verdict(screen: Screen, outcome: Outcome): string {
  switch (outcome.state) {
    case 'committed':
      return paint(screen, 'green', 'committed');
    case 'awaiting-confirmation':
      return paint(screen, 'yellow', 'awaiting confirmation');
    case 'rolled-back':
      return outcome.leftAsItIs === true
        ? paint(screen, 'yellow', 'left as it is, as accepted')
        : paint(screen, 'green', 'rolled back, verified');
    case 'needs-operator':
      return paint(screen, 'red', 'needs an operator');
  }
}

/** Of a digest enough to tell it from another; --json has the whole. */
function short(value: string): string {
  return value.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}

function beyond(accepted: number): string {
  return accepted === 0 ? '' : ` beyond the ${accepted} accepted`;
}
