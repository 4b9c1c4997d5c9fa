import { followLaunch } from '../../service/launch.ts';
import { TracedText } from '../../text/traced-text.ts';
import { WayPrograms } from '../../service/way-programs.ts';
import { type Contribution, joined } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { readersPart, wayPart } from './launch.ts';
import { librariesOfAll } from './way-programs.ts';

/**
 * What the programs that a configuration names lead to: the interpreter of a script, what it becomes, their libraries. It is
 * taken that they get the environment of the program whose configuration it is.
 */
export function namedProgramsPart(subject: Subject, parts: readonly Contribution[]): Contribution {
  const { host, hiddenBy, launch } = subject.start;
  const environment = launch?.environment ?? new Map<string, string>();
  const programs = new WayPrograms(subject.service);
  const found: Contribution[] = [];
  const named = parts.flatMap(({ edges }) => edges).filter(({ kind }) => kind === 'starts');
  const known = new Set<string>();
  for (const { to, evidence } of named) {
    const path = to.replace(/^program:/, '');
    if (known.has(path) || !path.startsWith('/') || host.stat(path)?.type !== 'file') continue;
    known.add(path);
    const place = 'how' in evidence ? { file: path, line: 1, column: 1 } : evidence;
    const word = TracedText.from(path, { kind: 'literal', place, verbatim: true });
    const command = { directive: 'starts', place, prefixes: '', words: [word] };
    const { launchers } = subject;
    const way = { ...followLaunch(host, command, environment, { launchers }), branches: [] };
    programs.add({ host, hiddenBy, notExamined: [] }, undefined, way);
    const [first, ...hops] = way.hops;
    if (first !== undefined) found.push(readersPart(to, first), wayPart(to, { ...way, hops }, hiddenBy));
  }
  return joined([...found, librariesOfAll(programs)]);
}
