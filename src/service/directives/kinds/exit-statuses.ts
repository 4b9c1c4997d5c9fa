import type { Assigned, PropertyKind } from '../property.ts';
import { parseSignal, signalName } from './signal.ts';
import { wordsOf } from './words.ts';

/** Names of exit statuses. Source: sysexits.h and src/shared/exit-status.c of systemd 252. */
const STATUSES: Readonly<Record<string, number>> = {
  SUCCESS: 0,
  FAILURE: 1,
  INVALIDARGUMENT: 2,
  NOTIMPLEMENTED: 3,
  NOPERMISSION: 4,
  NOTINSTALLED: 5,
  NOTCONFIGURED: 6,
  NOTRUNNING: 7,
  USAGE: 64,
  DATAERR: 65,
  NOINPUT: 66,
  NOUSER: 67,
  NOHOST: 68,
  UNAVAILABLE: 69,
  SOFTWARE: 70,
  OSERR: 71,
  OSFILE: 72,
  CANTCREAT: 73,
  IOERR: 74,
  TEMPFAIL: 75,
  PROTOCOL: 76,
  NOPERM: 77,
  CONFIG: 78,
};

/** Exit statuses and signals, as a set: `systemctl show` prints the numbers in order, then the signals. */
export const exitStatuses: PropertyKind = {
  assign(before, text): Assigned {
    if (text === '') return { operation: 'reset' };
    const statuses = new Set<number>();
    const signals = new Set<number>();
    for (const word of [...(before ?? '').split(' ').filter((part) => part !== ''), ...wordsOf(text)]) {
      const status = /^\d+$/.test(word) ? Number(word) : STATUSES[word];
      const signal = status === undefined && !/^\d+$/.test(word) ? parseSignal(word) : undefined;
      if (status !== undefined && status <= 255) statuses.add(status);
      else if (signal !== undefined) signals.add(signal);
    }
    const inOrder = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);
    const shown = [...inOrder(statuses).map(String), ...inOrder(signals).map(signalName)];
    if (shown.length === 0) return { operation: 'ignored', reason: `'${text}' is no exit status` };
    return { operation: before === undefined ? 'set' : 'append', value: shown.join(' ') };
  },
};
