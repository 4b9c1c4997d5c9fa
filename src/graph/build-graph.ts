import { type Contribution, Graph } from './graph.ts';
import { environmentPart } from './parts/environment.ts';
import { launchPart } from './parts/launch.ts';
import { librariesPart } from './parts/libraries.ts';
import { namedPathsPart } from './parts/named-paths.ts';
import { ownersPart } from './parts/owners.ts';
import { referrersPart } from './parts/referrers.ts';
import { socketsPart } from './parts/sockets.ts';
import { staleFilesPart } from './parts/stale-files.ts';
import { unitPart } from './parts/unit.ts';
import type { Subject } from './subject.ts';

/** Reads everything there is to read about a service, and puts it into one graph. */
export function buildGraph(subject: Subject): Graph {
  const { examinations } = subject;
  const parts = [...ownParts(subject), staleFilesPart(subject)];
  const own = [...parts, referrersPart(subject, parts)];
  return new Graph(subject.start, examinations, [...own, ownersPart(subject, own), openEnds(subject)]);
}

/** The same without who refers to the service, and which packages its files belong to: what it leads to itself. */
export function buildOwnGraph(subject: Subject): Graph {
  return new Graph(subject.start, subject.examinations, ownParts(subject));
}

function ownParts(subject: Subject): Contribution[] {
  return [
    unitPart(subject),
    socketsPart(subject),
    environmentPart(subject),
    launchPart(subject),
    librariesPart(subject),
    ...subject.examinations.values(),
    namedPathsPart(subject),
  ];
}

function openEnds(subject: Subject): { nodes: []; edges: []; notExamined: readonly string[] } {
  const notExamined = [
    ...subject.start.notExamined,
    ...subject.service.environment.unresolvedSpecifiers.map(
      (text) => `specifier ${text}: known to the running system alone`,
    ),
    'configuration files other than those named above: their content is not read',
    'libraries that a program opens by itself while it runs, unless a configuration above names them',
  ];
  return { nodes: [], edges: [], notExamined };
}
