import type { CheckReport, Finding } from '../../documents/check-report.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';
import { counted } from '../../text/counted.ts';

/** A check report for people: findings first, worst first, then what was looked at and what was not. */
export function checkText(screen: Screen, report: CheckReport): string {
  const { today, tomorrow } = report.commands;
  const lines = [
    ...rows(
      screen,
      [
        ['today:', safe(today)],
        ['tomorrow:', today === tomorrow ? 'the same' : safe(tomorrow)],
      ],
      0,
    ),
    '',
    ...ORDER.flatMap((severity) =>
      report.findings.filter((finding) => finding.severity === severity),
    ).flatMap((finding) => findingLines(screen, finding)),
    ...pointLines(screen, report),
    ...checkLines(screen, report),
    '',
    ...paragraph(screen, verdict(screen, report), 0),
  ];
  return `${lines.join('\n')}\n`;
}

const ORDER = ['blocker', 'warning', 'note'] as const;
const STYLES = { blocker: 'red', warning: 'yellow', note: 'cyan' } as const;

function findingLines(screen: Screen, finding: Finding): string[] {
  const evidence = finding.evidence.map((item) =>
    'how' in item ? safe(item.how) : `${safe(item.file)}:${item.line}:${item.column}`,
  );
  return [
    `${paint(screen, STYLES[finding.severity], finding.severity)}  ${paint(screen, 'bold', safe(finding.subject))}  ${paint(screen, 'dim', `[${finding.id}]`)}`,
    ...paragraph(screen, safe(finding.reason), 2),
    ...(finding.silenced === undefined
      ? []
      : paragraph(
          screen,
          `silenced in the spec, was a ${finding.silenced.was}: ${safe(finding.silenced.reason)}`,
          2,
        )),
    ...rows(
      screen,
      [...evidence.map((item): [string, string] => ['seen:', item]), ['do:', safe(finding.remedy)]],
      2,
    ),
    '',
  ];
}

function pointLines(screen: Screen, report: CheckReport): string[] {
  return report.pointsOfNoReturn.flatMap((point) => [
    `${paint(screen, 'yellow', 'point of no return')}  ${paint(screen, 'bold', safe(point.title))}  ${paint(screen, 'dim', `[${point.id}]`)}`,
    ...paragraph(screen, safe(point.why), 2),
    ...paragraph(
      screen,
      point.accepted ? 'accepted in the spec' : `not accepted; a spec accepts it with: accept: [${point.id}]`,
      2,
    ),
    '',
  ]);
}

function checkLines(screen: Screen, report: CheckReport): string[] {
  const cells = report.checks.map((check): [string, string] => {
    const mark = { ok: 'ok', fault: 'no', 'could-not-run': 'could not run' }[check.result];
    const more = check.reason === undefined ? `${check.examined} examined` : safe(check.reason);
    return [`${mark}  ${check.id}`, `${check.title}: ${more}`];
  });
  return [
    ...rows(screen, cells, 0),
    ...report.notExamined.flatMap((what) => paragraph(screen, `not examined: ${safe(what)}`, 0)),
  ];
}

function verdict(screen: Screen, report: CheckReport): string {
  const unable = report.checks.filter((check) => check.result === 'could-not-run');
  const ran = report.checks.length - unable.length;
  const byReason = new Map<string, string[]>();
  for (const { id, reason = 'no reason given' } of unable)
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  const reasons = [...byReason].map(([reason, ids]) => `${ids.join(', ')}: ${safe(reason)}`).join('; ');
  const closing =
    unable.length === 0
      ? `checked ${ran}`
      : `checked ${ran}, could not run ${unable.length} because ${reasons}`;
  const count = (severity: Finding['severity']): number =>
    report.findings.filter((finding) => finding.severity === severity).length;
  const found = `${counted(count('blocker'), 'blocker')}, ${counted(count('warning'), 'warning')}, ${counted(count('note'), 'note')}`;
  switch (report.verdict) {
    case 'ready':
      return `${paint(screen, 'green', 'ready')}: ${found} for ${safe(report.service)}; ${closing}`;
    case 'blocked':
      return `${paint(screen, 'red', 'blocked')}: ${found} for ${safe(report.service)}; ${closing}`;
    case 'could-not-run':
      return `${paint(screen, 'yellow', 'could not run')}: ${closing}`;
  }
}
