import type { Graph } from '../../graph/graph.ts';
import type { Place } from '../../text/place.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { ownObjects } from './own-objects.ts';
import { isSameProgram } from './same-program.ts';

export const optionsCheck: GenericCheck = {
  id: 'options',
  title: "Tomorrow's program knows the options and variables that it is given",
  explains:
    'The names of options and environment variables stand as texts in a program and its libraries. A long option of the ' +
    "command, or a variable of the unit's environment, whose name is in today's program and not in tomorrow's is most " +
    'likely one that tomorrow does not know: many programs exit at such an option, and pass over such a variable without ' +
    "a word. A name that is not in today's either (because it is put together when the program runs) tells nothing. " +
    'The check is silent when the program stays the same and when every name is found again.',
  run(today, tomorrow) {
    const [before, after] = [closureOf(today), closureOf(tomorrow)];
    if (typeof after === 'string') return { couldNotRun: after };
    if (typeof before === 'string' || isSameProgram(before, after)) return { examined: 0, findings: [] };
    const knew = mentions(today, ownObjects(before, after));
    const knows = mentions(tomorrow, ownObjects(after, before));
    const options = optionsOf(tomorrow);
    const variables = [...tomorrow.start.service.environment.effective].filter(([, { place }]) => place);
    const findings = [
      ...options
        .filter(({ name }) => knew(name) && !knows(name))
        .map(({ option, place }) =>
          unknown(tomorrow, option, place, `take ${option} out of the command, or give what does the same`),
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
    ];
    return { examined: options.length + variables.length, findings };
  },
};

function mentions({ start }: Graph, objects: ReturnType<typeof ownObjects>): (text: string) => boolean {
  return (text) => objects.some((object) => start.loaded?.mentions(object, text) ?? true);
}

interface Option {
  readonly option: string;
  readonly name: string;
  readonly place: Place | undefined;
}

/** Long options of the words that the program gets in the end; a lone `--` ends them. */
function optionsOf({ start }: Graph): Option[] {
  const words = start.launch?.args ?? [];
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? undefined : end).flatMap((word) => {
    const name = /^--([A-Za-z][\w-]*)(?:=.*)?$/s.exec(word)?.[1];
    return name === undefined ? [] : [{ option: `--${name}`, name, place: start.command?.place }];
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
