import type { Finding } from '../documents/check-report.ts';
import type { Silence } from '../documents/silence.ts';

/**
 * Findings with those that the spec silences made notes, each with what it was and why it is silenced. A silence
 * that silences nothing is a note itself: it would hide the next finding without anybody having seen it.
 */
export function applySilences(findings: readonly Finding[], silences: readonly Silence[]): Finding[] {
  const idle = new Set(silences);
  const silenced = findings.map((finding): Finding => {
    const fitting = silences.filter((one) => fits(one, finding));
    for (const one of fitting) idle.delete(one);
    const [silence] = fitting;
    if (silence === undefined) return finding;
    if (finding.severity === 'note') return finding;
    return { ...finding, severity: 'note', silenced: { was: finding.severity, reason: silence.reason } };
  });
  return [...silenced, ...[...idle].map(uselessSilence)];
}

function fits({ check, subject }: Silence, { id, subject: of }: Finding): boolean {
  return check === id && (subject === undefined || of.includes(subject));
}

function uselessSilence({ check, subject }: Silence): Finding {
  return {
    id: check,
    severity: 'note',
    subject: 'silence:',
    reason: `The spec silences ${check}${subject === undefined ? '' : ` about ${subject}`}, and there is nothing to silence.`,
    evidence: [],
    remedy: 'Take the entry out of silence: in the spec.',
  };
}
