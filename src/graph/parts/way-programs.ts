import { WayPrograms } from '../../service/way-programs.ts';
import type { Contribution } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { librariesOf } from './libraries.ts';

/** The libraries of every program that the commands of the unit execute on their way. */
export function wayProgramsPart({ service, launches }: Subject): Contribution {
  const programs = new WayPrograms(service);
  for (const { seen, command, launch } of launches)
    if (launch !== undefined) programs.add(seen, command, launch);
  const parts = programs.all.flatMap(({ loaded }) => (loaded === undefined ? [] : [librariesOf(loaded)]));
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
    notExamined: [...programs.all, ...parts].flatMap(({ notExamined }) => notExamined ?? []),
  };
}
