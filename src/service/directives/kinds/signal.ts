import { scalar } from './scalar.ts';

const NAMES =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );
const FIRST_REALTIME = 34;
const LAST_REALTIME = 64;

/** A signal by number or name, `SIG` may be left out. Source: signal_from_string() of systemd 252, x86-64. */
export function parseSignal(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    return number > 0 && number <= LAST_REALTIME ? number : undefined;
  }
  const name = text.replace(/^SIG/, '');
  const index = NAMES.indexOf(name);
  if (index !== -1) return index + 1;
  const relative = /^RT(MIN|MAX)(?:([+-])(\d+))?$/.exec(name);
  if (relative === null) return undefined;
  const offset = Number(relative[3] ?? 0);
  if (relative[1] === 'MIN' && relative[2] === '-') return undefined;
  if (relative[1] === 'MAX' && relative[2] === '+') return undefined;
  const number = relative[1] === 'MIN' ? FIRST_REALTIME + offset : LAST_REALTIME - offset;
  return number >= FIRST_REALTIME && number <= LAST_REALTIME ? number : undefined;
}

export function signalName(number: number): string {
  return NAMES[number - 1] ?? `RTMIN+${number - FIRST_REALTIME}`;
}

export const signal = scalar('a signal', (text) => {
  const number = parseSignal(text);
  return number === undefined ? undefined : String(number);
});
