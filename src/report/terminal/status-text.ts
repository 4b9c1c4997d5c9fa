import type { ChangeStatus, Status } from '../../documents/outcome.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';
import { counted } from '../../text/counted.ts';

/** What is swapped now and what was, in the order of the document, and what to do about it. */
export function statusText(screen: Screen, status: Status): string {
  const damaged = status.damaged ?? [];
  if (status.changes.length === 0 && damaged.length === 0) return 'no change has been made on this machine\n';
  const cells = status.changes.map((change): [string, string] => {
    const force = change.inForce ? paint(screen, 'green', 'in force') : 'not in force';
    return [
      `${safe(change.change)}  ${change.leftAsItIs === true ? 'left as it is' : change.state}`,
      `${safe(change.service)}, ${force}; ${contentsOf(change)}`,
    ];
  });
  const next = status.changes.flatMap((change) => nextOf(screen, change));
  const broken = damaged.flatMap(({ change, service, reason, next }) => [
    `${safe(change)}  ${paint(screen, 'red', 'damaged')}${service === undefined ? '' : `  ${safe(service)}`}`,
    ...paragraph(screen, safe(reason), 2),
    ...(next === undefined ? [] : paragraph(screen, safe(next), 2)),
  ]);
  return `${[...rows(screen, cells, 0, 60), ...next, ...broken].join('\n')}\n`;
}

function contentsOf({ replacement, files = 0, snapshots = [] }: ChangeStatus): string {
  const contents = [
    ...(replacement === undefined ? [] : [safe(replacement)]),
    ...(files === 0 ? [] : [counted(files, 'file')]),
    ...snapshots.map((path) => `state of ${safe(path)}`),
  ];
  return contents.length === 0 ? 'settings only' : contents.join(', ');
}

/** A command is on a line of its own and not wrapped: it is copied whole. */
function nextOf(
  screen: Screen,
  { state, change, service, reason, overdue, activeState, confirmBefore = 'its deadline' }: ChangeStatus,
): string[] {
  const id = safe(change);
  if (state === 'interrupted') {
    const isDown = activeState === 'inactive' || activeState === 'failed';
    const down = isDown ? [`  ${safe(service)} is not running`] : [];
    return [...down, `  finish ${id} with: cutover recover`];
  }
  if (overdue === true)
    return [`  ${id} should have been taken back at ${safe(confirmBefore)}: cutover rollback ${id}`];
  if (state === 'awaiting-confirmation')
    return [`  taken back at ${safe(confirmBefore)} unless confirmed: cutover confirm ${id}`];
  if (state !== 'needs-operator') return [];
  const cause = reason === undefined ? [] : paragraph(screen, `${id} ended: ${safe(reason)}`, 2);
  const now = activeState === undefined ? [] : [`  now ${safe(service)} is ${safe(activeState)}`];
  return [...cause, ...now, `  take it back with: cutover rollback ${id}`];
}
