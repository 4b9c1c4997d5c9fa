import type { Graph } from '../../graph/graph.ts';
import type { ServiceCommand } from '../../service/commands.ts';
import type { GenericCheck } from '../generic-check.ts';

export const otherCommandsCheck: GenericCheck = {
  id: 'other-commands',
  title: "The unit's other commands fit tomorrow's program",
  explains:
    'A unit often runs the program in more lines than ExecStart=: a test of the configuration before the start, a ' +
    'reload, a stop. When ExecStart= is replaced, those lines still run the program of today, which may refuse the ' +
    "configuration of tomorrow's or signal the wrong process. The check is silent when no other line runs today's " +
    'program, or when the program stays the same.',
  run(today, tomorrow) {
    const before = programOf(today.start.command);
    const others = tomorrow.start.service.commands.filter((command) => command !== tomorrow.start.command);
    const stale = before === undefined || before === programOf(tomorrow.start.command) ? [] : others;
    return {
      examined: others.length,
      findings: stale
        .filter((command) => programOf(command) === before)
        .map((command) => ({
          severity: 'note',
          subject: `${command.directive}=${shown(command)}`,
          reason: `It still runs ${before}, the program of today, beside the new one.`,
          evidence: [command.place],
          remedy: `If the new program must do it, give ${command.directive}= in a drop-in of your own, with an empty ${command.directive}= before it.`,
        })),
    };
  },
};

function programOf(command: ServiceCommand | undefined): string | undefined {
  return command?.words[0]?.toString();
}

/** A command as systemd would run it, for people. */
export function commandText({ start }: Graph): string {
  return start.command === undefined ? '(no ExecStart=)' : shown(start.command);
}

function shown({ words }: ServiceCommand): string {
  return words
    .map((word) => (/^[^\s"']+$/.test(word.toString()) ? word.toString() : JSON.stringify(word.toString())))
    .join(' ');
}
