import type { Status } from '../../documents/outcome.ts';
import { rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

/** What is swapped now, newest change first. */
export function statusText(screen: Screen, status: Status): string {
  if (status.changes.length === 0) return 'no change has been made on this machine\n';
  const cells = status.changes.map((change): [string, string] => {
    const force = change.inForce ? paint(screen, 'green', 'in force') : 'not in force';
    const replacement = change.replacement === undefined ? 'settings only' : safe(change.replacement);
    const next = change.state === 'interrupted' ? '; finish it with: cutover recover' : '';
    return [
      `${safe(change.change)}  ${change.state}`,
      `${safe(change.service)}, ${force}; ${replacement}${next}`,
    ];
  });
  return `${rows(screen, cells, 0, 60).join('\n')}\n`;
}
