import type { CheckDescription } from '../../knowledge/knowledge.ts';
import { paragraph } from './rows.ts';
import { paint, type Screen } from './screen.ts';

/** Why a check exists, what makes it silent, and how to silence it. */
export function checkExplanationText(screen: Screen, check: CheckDescription): string {
  const heading = `${paint(screen, 'bold', check.id)}: ${check.title}`;
  const silence = [
    'A finding of it that you take upon you is silenced in the spec, and stays in the report as a note:',
    '',
    '  silence:',
    `    - check: ${check.id}`,
    '      subject: a part of what the finding is about',
    '      reason: why it does not hold here',
  ];
  return `${[heading, '', ...paragraph(screen, check.explains, 0), '', ...silence].join('\n')}\n`;
}
