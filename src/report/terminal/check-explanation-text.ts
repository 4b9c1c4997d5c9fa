import type { CheckDescription } from '../../knowledge/knowledge.ts';
import { paragraph } from './rows.ts';
import { paint, type Screen } from './screen.ts';

/** Why a check exists, and what makes it silent. */
export function checkExplanationText(screen: Screen, check: CheckDescription): string {
  const heading = `${paint(screen, 'bold', check.id)}: ${check.title}`;
  return `${[heading, '', ...paragraph(screen, check.explains, 0)].join('\n')}\n`;
}
