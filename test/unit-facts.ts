import type { UnitFacts } from '../src/host/machine.ts';

/** What systemd says of a service that runs, but for `facts`. */
export function unitFacts(facts: Partial<UnitFacts> = {}): UnitFacts {
  return {
    loadState: 'loaded',
    activeState: 'active',
    subState: 'running',
    mainPid: 1,
    activeSince: 0,
    activeUntil: 0,
    startingSince: 0,
    restarts: 0,
    fragmentPath: '',
    dropInPaths: [],
    execStart: [],
    environmentFiles: [],
    unitFileState: '',
    needsReload: false,
    result: 'success',
    lastExit: { code: '', status: 0 },
    ...facts,
  };
}
