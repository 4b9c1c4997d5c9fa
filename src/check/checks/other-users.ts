import type { Graph } from '../../graph/graph.ts';
import type { GraphNode } from '../../documents/inspection.ts';
import { MISSES, MISSES_SEPARATOR, REPLACED } from '../../graph/parts/other-users.ts';
import { shortName } from '../../formats/cxx-name/short-name.ts';
import { showPlace } from '../../text/place.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { goneFrom } from './gone-from.ts';
import { servicesThatNeed } from './users-of-replaced.ts';
import { firstOf } from '../../text/first-of.ts';

const MOST_NAMED = 5;

export const otherUsersCheck: GenericCheck = {
  id: 'other-users',
  title: 'Who else uses what is replaced goes on as before',
  explains:
    'A library that the spec replaces for everybody, and a file that it writes, belong to others as well: they meet the ' +
    'new one at their next start, when nobody thinks of this change any more. Each service of the machine that loads such ' +
    'a library is followed to its program, and what it needs is looked up in the new one; a symbol or a version that it ' +
    'would miss and does not miss today is a blocker. Where functions are gone that nobody is seen to need, what these ' +
    'services open while they run may need them: a warning. Units that name a file that is written are notes. The check ' +
    'is silent when nobody else uses what is replaced, and for a library bound into the service alone (for: service).',
  run(today, tomorrow) {
    const replaced = [...tomorrow.nodes.values()].filter(({ attributes }) => REPLACED in attributes);
    const findings = replaced.flatMap((node) =>
      node.kind === 'library' ? ofLibrary(node, today, tomorrow) : ofFile(node, tomorrow),
    );
    return { examined: replaced.length, findings };
  },
};

function ofLibrary(library: GraphNode, today: Graph, tomorrow: Graph): GenericFinding[] {
  const path = library.path ?? library.name;
  const edges = servicesThatNeed(library, tomorrow);
  const users = new Map([...servicesThatNeed(library, today), ...edges].map((edge) => [edge.from, edge]));
  const broken = [...users.values()].flatMap((edge): GenericFinding[] => {
    const known = new Set(missedBy(today, edge.from));
    const misses = missedBy(tomorrow, edge.from).filter((one) => !known.has(one));
    const name = tomorrow.nodes.get(edge.from)?.name ?? edge.from;
    if (misses.length === 0) return [];
    users.delete(edge.from);
    return [
      {
        severity: 'blocker',
        subject: name,
        reason: `It loads ${path}, too, which is replaced for everybody, and would miss ${shown(misses)} at its next start.`,
        evidence: [edge.evidence],
        remedy: `Leave "for: everybody" out in the spec: the library is then bound over ${path} for this service alone.`,
      },
    ];
  });
  if (users.size === 0) return broken;
  const names = [...users.keys()].map((id) => tomorrow.nodes.get(id)?.name ?? id).sort();
  const gone = goneFrom(today, tomorrow, path);
  const loss =
    gone.length === 0
      ? 'What they need of it is there.'
      : `What they need of it is there, but ${shown(gone.map(shortName))} is gone, which a plugin of theirs may need.`;
  return [
    ...broken,
    {
      severity: gone.length === 0 ? 'note' : 'warning',
      subject: path,
      reason: `It is replaced for everybody, and ${shown(names)} ${names.length === 1 ? 'loads' : 'load'} it at the next start, too. ${loss}`,
      evidence: [...users.values()].slice(0, MOST_NAMED).map(({ evidence }) => evidence),
      remedy: `Restart ${names.length === 1 ? 'it' : 'them'} when you can watch, or leave "for: everybody" out in the spec.`,
    },
  ];
}

function ofFile(file: GraphNode, tomorrow: Graph): GenericFinding[] {
  const path = file.path ?? file.name;
  const ids = [...tomorrow.nodes.values()].filter((node) => node.path === path).map(({ id }) => id);
  const readers = new Map(
    ids.flatMap((id) =>
      tomorrow
        .edgesTo(id)
        .filter(({ kind }) => kind === 'refers-to')
        .map((edge) => [edge.from, edge] as const),
    ),
  );
  if (readers.size === 0) return [];
  const names = [...readers.keys()].map((id) => tomorrow.nodes.get(id)?.name ?? id).sort();
  const first = [...readers.values()].flatMap(({ evidence }) => ('file' in evidence ? [evidence] : []))[0];
  return [
    {
      severity: 'note',
      subject: path,
      reason: `It is written by this change, and ${shown(names)} ${names.length === 1 ? 'names' : 'name'} it, too${first === undefined ? '' : ` (${showPlace(first)})`}.`,
      evidence: [...readers.values()].slice(0, MOST_NAMED).map(({ evidence }) => evidence),
      remedy:
        'Make sure that what changes in it is meant for them, or let the setting go into the drop-in of this service.',
    },
  ];
}

function missedBy(graph: Graph, id: string): string[] {
  const text = graph.nodes.get(id)?.attributes[MISSES];
  return text === undefined ? [] : text.split(MISSES_SEPARATOR);
}

function shown(names: readonly string[]): string {
  return firstOf(names, MOST_NAMED);
}
