import { expect, test } from 'vitest';
import { FIFO, rootWith } from '../../test/root-with.ts';
import { setTime } from '../../test/set-time.ts';
import { type Asked, lostSockets } from './lost-sockets.ts';

/** The machine has run for an hour, and its sockets for half of it. */
const HOUR_MS = 3_600_000;
const ACTIVE_SINCE_US = (HOUR_MS / 2) * 1000;
const UNITS = ['lamp.socket'];

/** A machine on which a socket unit listens at /run/lamp, made so many milliseconds after the unit became active. */
function listening(madeAfterMs: number | 'never made'): Asked {
  const root = rootWith(madeAfterMs === 'never made' ? { '/run/other': '' } : { '/run/lamp': FIFO });
  if (madeAfterMs !== 'never made') {
    const madeAt = Date.now() - HOUR_MS / 2 + madeAfterMs;
    setTime(root.root, ['/run/lamp'], BigInt(Math.round(madeAt)) * 1_000_000n);
  }
  return {
    host: root,
    processes: { sinceBootMs: () => HOUR_MS },
    systemd: {
      show: async () => ({ activeSince: ACTIVE_SINCE_US }),
      listeningFiles: async () => ['/run/lamp'],
    },
  };
}

test('a socket that its unit has made is not lost', async () => {
  expect(await lostSockets(listening(0), UNITS)).toEqual([]);
});

test('nor is one whose file says a little later: file systems tell times coarsely', async () => {
  expect(await lostSockets(listening(900), UNITS)).toEqual([]);
});

test('one whose file is gone is lost', async () => {
  expect(await lostSockets(listening('never made'), UNITS)).toEqual(['/run/lamp']);
});

test('so is one that somebody has made anew since', async () => {
  expect(await lostSockets(listening(60_000), UNITS)).toEqual(['/run/lamp']);
});

test('units that are no sockets are not asked', async () => {
  expect(await lostSockets(listening('never made'), ['lamp.path', 'lamp.service'])).toEqual([]);
});
