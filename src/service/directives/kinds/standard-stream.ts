import type { PropertyKind } from '../property.ts';
import { scalar } from './scalar.ts';

const WORDS = {
  input: ['null', 'tty', 'tty-force', 'tty-fail', 'socket', 'data', 'fd'],
  output: ['inherit', 'null', 'tty', 'kmsg', 'kmsg+console', 'journal', 'journal+console', 'socket', 'fd'],
};

/** Where a standard stream leads; `systemctl show` leaves out which file or descriptor. */
export function standardStream(direction: keyof typeof WORDS): PropertyKind {
  return scalar('a stream', (text) => {
    if (WORDS[direction].includes(text)) return text;
    if (direction === 'output' && text === 'syslog') return 'journal';
    if (direction === 'output' && text === 'syslog+console') return 'journal+console';
    const match = /^(fd|file|append|truncate):(.+)$/.exec(text);
    const [, kind = '', rest = ''] = match ?? [];
    if (kind === 'fd') return 'fd';
    const isFile = kind === 'file' || (direction === 'output' && kind !== '');
    return isFile && rest.startsWith('/') ? kind : undefined;
  });
}
