import { expect, test } from 'vitest';
import { unitFacts } from '../../test/unit-facts.ts';
import { restartTimes } from './restart-times.ts';

/** The machine booted at 1 000 000 ms. */
const NOW = { wallMs: 1_010_000, sinceBootMs: 10_000 };

test('a restart takes from the end of the old process to the start of the new one, by the clock of systemd', () => {
  expect(restartTimes(unitFacts({ activeUntil: 9_000_000, activeSince: 9_007_500 }), NOW)).toEqual({
    stoppedAt: 1_009_000,
    startedAt: 1_009_007.5,
  });
});

test('a service that did not come up again has no start', () => {
  const facts = { activeUntil: 9_000_000, activeSince: 5_000_000 };
  expect(restartTimes(unitFacts({ ...facts, activeState: 'failed' }), NOW)).toEqual({ stoppedAt: 1_009_000 });
  expect(restartTimes(unitFacts({ ...facts, activeState: 'active' }), NOW)).toEqual({ stoppedAt: 1_009_000 });
});

test('a service that had never run did not go down', () => {
  expect(restartTimes(unitFacts({ activeUntil: 0, activeSince: 9_000_000 }), NOW)).toEqual({
    startedAt: 1_009_000,
  });
});
