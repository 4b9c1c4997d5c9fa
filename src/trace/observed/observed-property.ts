import type { TraceObserved } from '../../documents/trace.ts';
import type { Subject } from '../../graph/subject.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import type { EffectiveProperty } from '../../service/directives/effective-property.ts';
import { takesRestart } from '../../service/takes-restart.ts';
import { showMoment } from '../show-moment.ts';
import { restartAdvice } from './restart-advice.ts';
import { unreadChanges } from './unread-changes.ts';

/** What systemd and the process have at this moment of a directive, held against what the files say. */
export type ObservedProperty =
  | { readonly kind: 'same' }
  /** No file tells, systemd does. */
  | { readonly kind: 'told'; readonly value: string }
  /** systemd has refused the unit, and has no value of it. */
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'other'; readonly observed: TraceObserved };

export function observedProperty(
  { host, service: { unit, environment }, properties }: Subject,
  { property, value, steps, rule }: EffectiveProperty,
  says: SystemdSays,
): ObservedProperty {
  if (REFUSED.has(says.properties.get('LoadState') ?? '')) return { kind: 'not-loaded' };
  const observed = says.properties.get(property.name);
  const files = steps.map(({ line }) => line.place.file);
  const service = { host, unit, environment, properties };
  if (observed === value) {
    const older = olderProcess();
    return older === undefined ? { kind: 'same' } : { kind: 'other', observed: older };
  }
  const unread = unreadChanges(host, unit, says, files);
  if (unread !== undefined) {
    return other({ why: unread, ...restartAdvice(service, 'after daemon-reload') });
  }
  if (value === undefined && observed !== undefined) return { kind: 'told', value: observed };
  if (says.properties.get('Transient') === 'yes')
    return other({ why: 'the unit was made at run time (systemd-run)' });
  if (rule !== undefined) {
    const { version } = says.manager();
    return other({
      why: `no line sets it, and the systemd of this machine (${version ?? 'version not known'}) takes something else than 252 does`,
    });
  }
  return other({ why: 'the files do not tell why' });

  function other(more: Pick<TraceObserved, 'why' | 'next'>): ObservedProperty {
    return { kind: 'other', observed: { by: 'systemd', value: observed ?? null, ...more } };
  }

  /** systemd has it, but the process was started before a line of it was written. */
  function olderProcess(): TraceObserved | undefined {
    const started = says.process?.startedAt;
    if (started === undefined) return undefined;
    const late = steps.find(
      ({ line }) => takesRestart(line) && (host.stat(line.place.file)?.mtimeNs ?? 0n) > started,
    );
    if (late === undefined) return undefined;
    return {
      by: 'process',
      why: `systemd has the value, but the process was started at ${showMoment(started)}, before ${late.line.place.file} changed`,
      ...restartAdvice(service),
    };
  }
}

/** Source: unit_load_state_table of systemd 252. */
const REFUSED: ReadonlySet<string> = new Set(['bad-setting', 'error']);
