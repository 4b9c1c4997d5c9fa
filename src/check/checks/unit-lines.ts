import type { Graph } from '../../graph/graph.ts';
import type { Place } from '../../text/place.ts';
import { showPlace } from '../../text/place.ts';
import type { GenericCheck } from '../generic-check.ts';

export const unitLinesCheck: GenericCheck = {
  id: 'unit-lines',
  title: 'systemd takes every line of the unit and its environment files',
  explains:
    'systemd skips a line that it can not read, with a line in the journal and nothing else: a setting without "=", a ' +
    'line outside of a section, a variable with a bad name. Such a line is there for somebody and does nothing. The check ' +
    'is silent when no line is skipped; one that is skipped today already is a note.',
  run(today, tomorrow) {
    const before = new Set(problemsOf(today).map(keyOf));
    const problems = problemsOf(tomorrow);
    const { unit, environment } = tomorrow.start.service;
    const files = environment.layers.filter((layer) => layer.kind === 'file' && layer.content !== undefined);
    return {
      examined: 1 + unit.dropIns.length + files.length,
      findings: problems.map((problem) => ({
        severity: before.has(keyOf(problem)) ? 'note' : 'warning',
        subject: `${problem.place.file}:${problem.place.line}`,
        reason: problem.message,
        evidence: [problem.place],
        remedy: 'Correct the line or take it out.',
      })),
    };
  },
};

interface Problem {
  readonly place: Place;
  readonly message: string;
}

function problemsOf({ start }: Graph): Problem[] {
  const { unit, environment } = start.service;
  const inFiles = environment.layers.flatMap((layer) =>
    layer.kind === 'file' && layer.resetBy === undefined ? (layer.content?.problems ?? []) : [],
  );
  return [...unit.problems, ...inFiles];
}

function keyOf({ place, message }: Problem): string {
  return `${showPlace(place)} ${message}`;
}
