import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Plan } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { dropInPath } from '../service/drop-in-path.ts';
import { loadService, mainCommand } from '../service/service.ts';
import { overlayOf } from './overlay-of.ts';

/**
 * Loads the service from the host as the plan of a replacement leaves it. Throws `CouldNotRun` when a drop-in
 * that is read later gives another `ExecStart=`: the old program would go on, behind a green gate.
 */
export function refuseLosingCommand(host: Host, plan: Plan): void {
  const tomorrow = loadService(new PlannedHost(host, overlayOf(plan)), plan.service);
  const command = mainCommand(tomorrow);
  if (command === undefined || command.place.file === dropInPath(plan.service)) return;
  throw new CouldNotRun(
    `the replacement would not be started: another drop-in gives ExecStart= after Cutover's own`,
    {
      place: command.place,
      why: `systemd reads drop-ins in the order of their names, and would go on to start ${command.words[0]?.toString() ?? 'another program'}.`,
      next: 'Take ExecStart= out of that drop-in, or give it a name that sorts before 90-cutover.conf.',
    },
  );
}
