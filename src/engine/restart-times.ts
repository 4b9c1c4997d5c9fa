import type { UnitFacts } from '../host/machine.ts';
import type { StepFacts } from '../journal/record.ts';

/**
 * When a unit that was restarted went down and came up, by systemd's own clock (microseconds since the boot), as
 * milliseconds since 1970. `now` gives both clocks at one moment.
 */
export function restartTimes(
  { activeState, activeUntil, activeSince }: UnitFacts,
  now: { readonly wallMs: number; readonly sinceBootMs: number },
): StepFacts {
  const wall = (us: number): number => now.wallMs - (now.sinceBootMs - us / 1000);
  const down = activeUntil === 0 ? {} : { stoppedAt: wall(activeUntil) };
  return activeState === 'active' && activeSince > activeUntil
    ? { ...down, startedAt: wall(activeSince) }
    : down;
}
