import type { Assigned, PropertyKind } from '../property.ts';
import { parseSignal, signalName } from './signal.ts';
import { wordsOf } from './words.ts';

/** Names of exit statuses. Source: sysexits.h and src/shared/exit-status.c of systemd 252. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['SUCCESS', 0],
  ['FAILURE', 1],
  ['INVALIDARGUMENT', 2],
  ['NOTIMPLEMENTED', 3],
  ['NOPERMISSION', 4],
  ['NOTINSTALLED', 5],
  ['NOTCONFIGURED', 6],
  ['NOTRUNNING', 7],
  ['USAGE', 64],
  ['DATAERR', 65],
  ['NOINPUT', 66],
  ['NOUSER', 67],
  ['NOHOST', 68],
  ['UNAVAILABLE', 69],
  ['SOFTWARE', 70],
  ['OSERR', 71],
  ['OSFILE', 72],
  ['CANTCREAT', 73],
  ['IOERR', 74],
  ['TEMPFAIL', 75],
  ['PROTOCOL', 76],
  ['NOPERM', 77],
  ['CONFIG', 78],
]);

/** Exit statuses and signals, as a set: `systemctl show` prints the numbers in order, then the signals. */
export const exitStatuses: PropertyKind = {
  accumulates: true,
  begin: () => {
    const statuses = new Set<number>();
    const signals = new Set<number>();
    return {
      assign(text): Assigned {
        if (text === '') return { operation: 'reset' };
        const operation = statuses.size + signals.size === 0 ? 'set' : 'append';
        const taken = wordsOf(text).filter((word) => add(word, statuses, signals));
        return taken.length === 0
          ? { operation: 'ignored', reason: `'${text}' is no exit status` }
          : { operation };
      },
      shown: () => {
        const shown = [...inOrder(statuses).map(String), ...inOrder(signals).map(signalName)];
        return shown.length === 0 ? undefined : shown.join(' ');
      },
    };
  },
};

/** Whether systemd takes the word. */
function add(word: string, statuses: Set<number>, signals: Set<number>): boolean {
  const isNumber = /^\d+$/.test(word);
  const status = isNumber ? Number(word) : STATUSES.get(word);
  if (status !== undefined) {
    if (status <= 255) statuses.add(status);
    return status <= 255;
  }
  const signal = parseSignal(word);
  if (signal !== undefined) signals.add(signal);
  return signal !== undefined;
}

function inOrder(set: ReadonlySet<number>): number[] {
  return [...set].sort((a, b) => a - b);
}
