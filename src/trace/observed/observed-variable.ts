import type { TraceObserved } from '../../documents/trace.ts';
import type { Subject } from '../../graph/subject.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import type { EnvironmentLayer } from '../../service/environment-layer.ts';
import { showMoment } from '../show-moment.ts';
import { unreadChanges } from './unread-changes.ts';

/** What the running process has of a variable, where that is not what the files say; and why. */
export function observedVariable(
  subject: Subject,
  name: string,
  says: SystemdSays,
  shown: (value: string) => string | null,
): TraceObserved | undefined {
  const environment = says.process?.environment;
  if (environment === undefined) return undefined;
  const effective = subject.service.environment.effective.get(name);
  const observed = environment.get(name);
  if (observed === effective?.value.toString()) return undefined;
  const value = observed === undefined ? null : shown(observed);
  return { by: 'process', value, ...whyOther(subject, name, says, effective?.layer) };
}

function whyOther(
  subject: Subject,
  name: string,
  says: SystemdSays,
  layer: EnvironmentLayer | undefined,
): Pick<TraceObserved, 'why' | 'next'> {
  const { host, service } = subject;
  const restart = `systemctl restart ${service.name}`;
  if (layer === undefined && GIVEN_PER_START.test(name))
    return { why: 'systemd gives it to each process that it starts' };
  const file = layer?.kind === 'file' ? layer.path : undefined;
  const line = layer !== undefined && layer.kind !== 'default' ? layer.directive.place.file : undefined;
  const unread = unreadChanges(host, service.unit, says, line === undefined ? [] : [line]);
  if (unread !== undefined) return { why: unread, next: `systemctl daemon-reload && ${restart}` };
  if (layer === undefined && says.manager().environment.has(name)) {
    return { why: "it is in systemd's own environment", next: 'systemctl show-environment' };
  }
  const started = says.process?.startedAt;
  const changed = [file, line]
    .filter((path) => path !== undefined)
    .find((path) => started !== undefined && (host.stat(path)?.mtimeNs ?? 0n) > started);
  if (started !== undefined && changed !== undefined) {
    return { why: `it was started at ${showMoment(started)}, before ${changed} changed`, next: restart };
  }
  const { loadedAt } = says.manager();
  if (started !== undefined && loadedAt !== undefined && started < loadedAt) {
    return {
      why: `it was started at ${showMoment(started)}, before systemd read its files again (${showMoment(loadedAt)})`,
      next: restart,
    };
  }
  return layer === undefined
    ? { why: 'no file of the unit sets it', next: restart }
    : { why: 'the files do not tell why', next: restart };
}

/** Source: systemd.exec(5), "Environment Variables Set or Propagated by the Service Manager". */
const GIVEN_PER_START =
  /^(?:INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID|NOTIFY_SOCKET|MAINPID|MANAGERPID|LISTEN_\w+|WATCHDOG_\w+|CREDENTIALS_DIRECTORY|MONITOR_\w+|EXIT_\w+|SERVICE_RESULT|REMOTE_\w+|TERM|LOG_NAMESPACE|MEMORY_PRESSURE_\w+|PIDFILE)$/;
