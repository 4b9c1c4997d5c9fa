import { quoteUnitWord } from '../plan/quote-unit-word.ts';

/** A command for `ExecStart=`. Source: systemd.service(5), "Command lines". */
export function commandLine(command: readonly string[]): string {
  return command.map((word) => quoteUnitWord(word).replaceAll('$', '$$$$')).join(' ');
}
