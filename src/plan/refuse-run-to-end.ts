import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { EffectiveProperties } from '../service/directives/effective-property.ts';
import type { Service } from '../service/service.ts';

/**
 * Refuses a change of a service that is never active, since no gate would hold and the change would always go back. `service` as it will be
 * once the plan is applied. Source: systemd.service(5), Type=oneshot: without RemainAfterExit= the unit goes from activating to inactive.
 */
export function refuseRunToEnd(host: Host, service: Service): void {
  const properties = new EffectiveProperties(host, service.unit, () => undefined);
  const type = properties.get('Type');
  if (type?.value !== 'oneshot' || properties.get('RemainAfterExit')?.value !== 'no') return;
  const { name } = service;
  const { path } = service.unit.fragment;
  throw new CouldNotRun(`${name} is never active, so the gate of a change can not hold`, {
    place: type.steps.at(-1)?.line.place ?? { file: path, line: 1, column: 1 },
    why: 'It is Type=oneshot without RemainAfterExit=: its program is run once, to its end, and the unit is inactive again. The change would run it once and then go back.',
    next: `To have it run once with the change, and kept if that ends well, write under files: /etc/systemd/system/${name}.d/remain.conf with the content "[Service]" and "RemainAfterExit=yes". A timer does not start it again while it is active so.`,
  });
}
