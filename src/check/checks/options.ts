import type { GetoptOptions } from '../../formats/command-line/getopt-options.ts';
import { type RefusedOption, refusedOptions } from '../../formats/command-line/refused-options.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Place } from '../../text/place.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { ownObjects } from './own-objects.ts';
import { isSameProgram } from './same-program.ts';
import { firstOf } from '../../text/first-of.ts';

export const optionsCheck: GenericCheck = {
  id: 'options',
  title: "Tomorrow's program knows the options and variables that it is given",
  explains:
    'What a program passes to getopt(3) stands as constants in its code: the letters and names of its options. An option ' +
    'of the command that is not among them ends nearly every program with its usage. Where the code can not be read so ' +
    '(another processor than x86-64, options that a program looks for by itself), names tell: a long option, or a ' +
    "variable of the unit's environment, whose name is among the texts of today's program and not of tomorrow's is most " +
    "likely unknown to it. A name that is not in today's either (because it is put together when the program runs) tells " +
    'nothing. The check is silent when program and command stay the same and when every name is found again.',
  run(today, tomorrow) {
    const [before, after] = [closureOf(today), closureOf(tomorrow)];
    if (typeof after === 'string') return { couldNotRun: after };
    if (typeof before === 'string') return { examined: 0, findings: [] };
    const isSame = isSameProgram(before, after);
    if (isSame && String(argsOf(today)) === String(argsOf(tomorrow))) return { examined: 0, findings: [] };
    const words = argsOf(tomorrow).filter((word) => /^-./.test(word) && word !== '--');
    const getopt = tomorrow.start.loaded?.getopt();
    const refused = getopt?.kind === 'options' ? newlyRefused(today, tomorrow, getopt.options) : [];
    const findings = refused.map((one) => refusedFinding(tomorrow, one));
    if (isSame) return { examined: words.length, findings };
    const knew = mentions(today, ownObjects(before, after));
    const knows = mentions(tomorrow, ownObjects(after, before));
    const isRead = getopt?.kind === 'options' && getopt.options.long !== undefined;
    const variables = [...tomorrow.start.service.environment.effective].filter(([, { place }]) => place);
    return {
      examined: words.length + variables.length,
      findings: [
        ...findings,
        ...(isRead ? [] : longOptionsOf(tomorrow))
          .filter((name) => knew(name) && !knows(name))
          .map((name) =>
            unknown(
              tomorrow,
              `--${name}`,
              tomorrow.start.command?.place,
              `take --${name} out of the command, or give what does the same`,
            ),
          ),
        ...variables
          .filter(([name]) => knew(name) && !knows(name))
          .map(([name, { place }]) =>
            unknown(
              tomorrow,
              name,
              place,
              `write ${name} under settings: unset: in the spec, or give what does the same`,
            ),
          ),
      ],
    };
  },
};

/** What the program refuses of its words and not of those of today, which do no harm there. */
function newlyRefused(today: Graph, tomorrow: Graph, options: GetoptOptions): RefusedOption[] {
  const getopt = today.start.loaded?.getopt();
  const before = getopt?.kind === 'options' ? refusedOptions(argsOf(today), getopt.options) : [];
  const old = new Set(before.map(({ option }) => option));
  const refused = refusedOptions(argsOf(tomorrow), options).filter(({ option }) => !old.has(option));
  return [...new Map(refused.map((one) => [one.option, one])).values()];
}

function refusedFinding(tomorrow: Graph, { option, why }: RefusedOption): GenericFinding {
  const program = tomorrow.start.loaded?.closure.program.path ?? '';
  const getopt = tomorrow.start.loaded?.getopt();
  const taken = getopt?.kind === 'options' ? shown(getopt.options) : '';
  return {
    severity: 'blocker',
    subject: option,
    reason: `${program} ${WHY[why]}: most programs end there with their usage.`,
    evidence: [
      tomorrow.start.command?.place ?? { how: 'the command of the unit' },
      { how: `the options in its code: ${taken}` },
    ],
    remedy: `Take ${option} out of the command, or give what does the same (its documentation, or --help).`,
  };
}

const WHY: Readonly<Record<RefusedOption['why'], string>> = {
  unknown: 'does not know this option',
  ambiguous: 'has several options that begin so',
  'without argument': 'wants an argument with this option',
  'with argument': 'takes no argument with this option',
};

const MOST_SHOWN = 40;

function shown({ short, long }: GetoptOptions): string {
  const all = [
    ...[...short.keys()].map((letter) => `-${letter}`),
    ...[...(long?.keys() ?? [])].map((name) => `--${name}`),
  ];
  return firstOf(all, MOST_SHOWN, String, ' ');
}

function mentions({ start }: Graph, objects: ReturnType<typeof ownObjects>): (text: string) => boolean {
  return (text) => objects.some((object) => start.loaded?.mentions(object, text) ?? true);
}

/** The words that the program gets in the end. */
function argsOf({ start }: Graph): readonly string[] {
  return start.launch?.args ?? [];
}

/** Names of long options; a lone `--` ends them. */
function longOptionsOf(graph: Graph): string[] {
  const words = argsOf(graph);
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? undefined : end).flatMap((word) => {
    const name = /^--([A-Za-z][\w-]*)(?:=.*)?$/s.exec(word)?.[1];
    return name === undefined ? [] : [name];
  });
}

function unknown(tomorrow: Graph, subject: string, place: Place | undefined, remedy: string): GenericFinding {
  const program = tomorrow.start.loaded?.closure.program.path ?? '';
  return {
    severity: 'warning',
    subject,
    reason: `Today's program has this name among its texts; ${program} and its libraries do not.`,
    evidence: [place ?? { how: 'the command of the unit' }, { how: `looked for in the bytes of ${program}` }],
    remedy: `Look at what the new program takes (its documentation, or --help); ${remedy}.`,
  };
}
