import type { Graph } from '../../graph/graph.ts';
import { type Behaviour, behaviourOf } from '../../knowledge/daemonising/behaviour-of.ts';
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
    'functions it calls (daemon(3), or fork(2) with setsid(2)). Of fifty common daemons it is known what they do unasked and ' +
    'which options decide: one that leaves with Type=simple, or stays with Type=forking, where systemd waits for its first ' +
    'process to end, is a blocker, and a warning where its configuration may decide. Of others an option to stay (-D, -n, --foreground, …) or Type=forking ' +
    "that is there today and gone tomorrow is a warning for such a program, another program that can where today's can not " +
    "is a note. The check is silent when tomorrow's command does what the unit's Type= expects, and when nothing of this changes.",
  run(today, tomorrow) {
    const [before, after] = [typeOf(today), typeOf(tomorrow)];
    const program = tomorrow.start.loaded?.closure.program;
    const habitual = habitOf(tomorrow);
    if (habitual !== undefined) {
      const wrong = wrongHabit(tomorrow, habitual);
      const isNew = wrong !== undefined && !isWrongToday(today, habitual);
      return { examined: 1, findings: isNew ? [wrong] : [] };
    }
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

/** What the command does by the habit of its program; undefined where that is not known, or arguments are not. */
function habitOf({ start: { launch } }: Graph): Behaviour | undefined {
  if (launch?.program === undefined || launch.unknownArgument !== undefined) return undefined;
  return behaviourOf(launch.program, launch.args);
}

function wrongHabit(graph: Graph, behaviour: Behaviour): GenericFinding | undefined {
  const type = typeOf(graph);
  const { does, asked, habit } = behaviour;
  if (!(does === 'leaves' ? LOSES_SIGHT : WAITS).includes(type)) return undefined;
  const what = does === 'leaves' ? 'puts itself into the background' : 'stays in the foreground';
  const effect =
    does === 'leaves'
      ? `With Type=${type} systemd takes the service for ended when the first process ends.`
      : 'With Type=forking systemd waits for the first process to end, and stops it after TimeoutStartSec=.';
  return {
    severity: habit.line !== undefined && asked === undefined ? 'warning' : 'blocker',
    subject: graph.start.launch?.program ?? '',
    reason: `It ${what} (${habit.source}; ${whatDecides(behaviour)}). ${effect}`,
    evidence: [graph.start.command?.place ?? { how: 'the command of the unit' }],
    remedy: `${insteadOf(behaviour)} Type=${does === 'leaves' ? 'forking' : 'exec'} in a drop-in.`,
  };
}

function whatDecides({ asked, habit: { otherwise, line } }: Behaviour): string {
  if (asked !== undefined) return `${asked} asks it to`;
  const [option, setting] = [
    otherwise.join(' or '),
    line === undefined ? '' : `its configuration says "${line}"`,
  ];
  if (option === '' && setting === '') return 'nothing can ask it not to';
  return `unless ${[option === '' ? '' : `${option} is given`, setting].filter((text) => text !== '').join(' or ')}`;
}

/** What else would do, before the last remedy. */
function insteadOf({ asked, habit: { otherwise, line } }: Behaviour): string {
  if (asked !== undefined) return `Take ${asked} out of the command, or write`;
  const [option] = otherwise;
  if (option !== undefined) return `Give it ${option}, or write`;
  return line === undefined ? 'Write' : `Write "${line}" into its configuration, or write`;
}

/** The same program with the same habit in the same kind of unit: the service runs with it. */
function isWrongToday(today: Graph, { habit, does }: Behaviour): boolean {
  const before = habitOf(today);
  return before?.habit === habit && before.does === does && wrongHabit(today, before) !== undefined;
}

/** Types for which the first process is the service; with `notify` the service says so itself. */
const LOSES_SIGHT = ['simple', 'exec', 'idle', 'dbus'];
const WAITS = ['forking'];

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
