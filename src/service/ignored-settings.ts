import { readWords } from '../formats/command-line/read-words.ts';
import type { Assignment, UnitProblem } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import { readFileName, readNames, readVariables } from './environment-lines.ts';

/** What systemd ignores in the values of a service's environment settings and commands. */
export function ignoredSettings(
  host: Host,
  unitName: string,
  assignments: readonly Assignment[],
): UnitProblem[] {
  return assignments
    .filter((line) => line.section === 'Service' && line.value.length > 0)
    .flatMap((line) => problemsOf(host, unitName, line));
}

function problemsOf(host: Host, unitName: string, line: Assignment): readonly UnitProblem[] {
  switch (line.key) {
    case 'Environment':
      return readVariables(host, unitName, line).problems;
    case 'PassEnvironment':
    case 'UnsetEnvironment':
      return readNames(host, unitName, line).problems;
    case 'EnvironmentFile':
      return readFileName(host, unitName, line).problems;
    case 'ExecStart': {
      const { fault } = readWords(line.value, 'command');
      if (fault === undefined) return [];
      return [
        { place: line.place, message: `ExecStart=: ${fault}; systemd ignores the command`, fatal: false },
      ];
    }
    default:
      return [];
  }
}
