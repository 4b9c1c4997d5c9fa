import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';

export const readinessCheck: GenericCheck = {
  id: 'readiness',
  title: "Tomorrow's program tells systemd that it is ready, where the unit waits for it",
  explains:
    'With Type=notify (and WatchdogSec=) systemd waits until the service sends READY=1 to the socket that NOTIFY_SOCKET ' +
    'names; a program that never does is stopped after TimeoutStartSec= and the start has failed. A program that can do ' +
    'it has the name of the variable among its texts, or calls sd_notify(3). The check is silent when the unit does not ' +
    "wait, when tomorrow's program has one or the other, and when today's has neither.",
  run(today, tomorrow) {
    const type = tomorrow.start.service.unit.assignments.findLast(
      ({ section, key }) => section === 'Service' && key === 'Type',
    );
    const waits = type?.value.toString() === 'notify' || type?.value.toString() === 'notify-reload';
    if (type === undefined || !waits) return { examined: 0, findings: [] };
    const after = closureOf(tomorrow);
    if (typeof after === 'string') return { couldNotRun: after };
    if (tells(tomorrow) || !tells(today)) return { examined: 1, findings: [] };
    const { path } = after.program;
    return {
      examined: 1,
      findings: [
        {
          severity: 'blocker',
          subject: path,
          reason: `The unit has Type=${type.value.toString()}, and ${path} has neither NOTIFY_SOCKET nor sd_notify in it, as today's program has: systemd waits for it to say that it is ready, and stops it after TimeoutStartSec=.`,
          evidence: [type.place, { how: `looked for in the bytes of ${path} and its libraries` }],
          remedy: 'Write Type=exec in a drop-in of your own, or use a build that speaks to systemd.',
        },
      ],
    };
  },
};

/** libsystemd itself always can: what counts is who calls it. */
function tells({ start }: Graph): boolean {
  const { loaded } = start;
  if (loaded === undefined) return false;
  return loaded.closure.objects
    .filter(({ name }) => !name.startsWith('libsystemd'))
    .some((object) => NAMES.some((name) => loaded.mentions(object, name)));
}

const NAMES = ['NOTIFY_SOCKET', 'sd_notify', 'sd_notifyf', 'sd_pid_notify', 'sd_pid_notify_with_fds'];
