import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { isSameProgram } from './same-program.ts';

/** Options by which programs are asked to stay where they were started. */
const STAYS =
  /^(?:-[DnNk]|--?foreground|--no-?daemon(?:i[sz]e)?|--daemon(?:i[sz]e)?=(?:no|false|off)|--no-?detach|--no-?fork|-DFOREGROUND|--keep-in-foreground)$/;

export const daemonisingCheck: GenericCheck = {
  id: 'daemonising',
  title: "Tomorrow's program stays where systemd starts it",
  explains:
    'Without Type=forking systemd takes the process that it starts for the service. A program that puts itself into the ' +
    'background ends that process at once: the service counts as ended, and what went into the background is killed or ' +
    'lost sight of. Whether a program does so its options and its configuration decide; that it can is told by the ' +
    'functions it calls (daemon(3), or fork(2) with setsid(2)). An option to stay (-D, -n, --foreground, …) or Type=forking ' +
    "that is there today and gone tomorrow is a warning for such a program, another program that can where today's can not " +
    "is a note. The check is silent with Type=forking, when tomorrow's command has such an option, and when nothing of this changes.",
  run(today, tomorrow) {
    const [before, after] = [typeOf(today), typeOf(tomorrow)];
    const program = tomorrow.start.loaded?.closure.program;
    const isLeft = after === 'forking' || after === 'oneshot';
    if (program === undefined || isLeft || stayingOption(tomorrow) !== undefined || !canLeave(tomorrow))
      return { examined: program === undefined ? 0 : 1, findings: [] };
    const lost = before === 'forking' ? 'Type=forking' : stayingOption(today);
    const was = today.start.loaded?.closure.program;
    const isOther = today.start.loaded !== undefined && was !== undefined && !sameProgram(today, tomorrow);
    if (lost === undefined && (!isOther || canLeave(today))) return { examined: 1, findings: [] };
    const finding: GenericFinding = {
      severity: lost === undefined ? 'note' : 'warning',
      subject: program.path,
      reason: `It can put itself into the background, and ${lost === undefined ? 'no option asks it to stay' : `${lost}, which today has, is gone`}: with Type=${after} systemd would take the service for ended when the first process ends.`,
      evidence: [
        tomorrow.start.command?.place ?? { how: 'the command of the unit' },
        { how: `functions that ${program.path} calls: daemon, or fork and setsid` },
      ],
      remedy: `Give it the option to stay in the foreground, or write Type=forking in a drop-in.`,
    };
    return { examined: 1, findings: [finding] };
  },
};

function typeOf({ start }: Graph): string {
  const type = start.service.unit.assignments.findLast(
    ({ section, key }) => section === 'Service' && key === 'Type',
  );
  return type?.value.toString() ?? 'simple';
}

/** `-f` alone may be one, and takes a file in other programs. */
function stayingOption({ start: { launch } }: Graph): string | undefined {
  const args = launch?.args ?? [];
  return args.find((arg, at) => STAYS.test(arg) || (arg === '-f' && (args[at + 1] ?? '-').startsWith('-')));
}

function canLeave({ start: { loaded } }: Graph): boolean {
  const symbols = loaded?.symbolsOf(loaded.closure.program);
  if (symbols?.kind !== 'symbols') return false;
  const names = new Set(symbols.needed.map(({ name }) => name));
  return names.has('daemon') || (names.has('setsid') && (names.has('fork') || names.has('vfork')));
}

function sameProgram(today: Graph, tomorrow: Graph): boolean {
  const [a, b] = [today.start.loaded?.closure, tomorrow.start.loaded?.closure];
  return a !== undefined && b !== undefined && isSameProgram(a, b);
}
