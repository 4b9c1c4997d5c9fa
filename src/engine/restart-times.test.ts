import { expect, test } from 'vitest';
import type { UnitFacts } from '../host/machine.ts';
import { restartTimes } from './restart-times.ts';

const unit = (facts: Partial<UnitFacts>): UnitFacts => ({
  loadState: 'loaded',
  activeState: 'active',
  subState: 'running',
  mainPid: 1,
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
});
/** The machine booted at 1 000 000 ms. */
const NOW = { wallMs: 1_010_000, sinceBootMs: 10_000 };

test('a restart takes from the end of the old process to the start of the new one, by the clock of systemd', () => {
  expect(restartTimes(unit({ activeUntil: 9_000_000, activeSince: 9_007_500 }), NOW)).toEqual({
    stoppedAt: 1_009_000,
    startedAt: 1_009_007.5,
  });
});

test('a service that did not come up again has no start', () => {
  const facts = { activeUntil: 9_000_000, activeSince: 5_000_000 };
  expect(restartTimes(unit({ ...facts, activeState: 'failed' }), NOW)).toEqual({ stoppedAt: 1_009_000 });
  expect(restartTimes(unit({ ...facts, activeState: 'active' }), NOW)).toEqual({ stoppedAt: 1_009_000 });
});

test('a service that had never run did not go down', () => {
  expect(restartTimes(unit({ activeUntil: 0, activeSince: 9_000_000 }), NOW)).toEqual({
    startedAt: 1_009_000,
  });
});
