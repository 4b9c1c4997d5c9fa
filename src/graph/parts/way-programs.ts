import { WayPrograms } from '../../service/way-programs.ts';
import { type Contribution, joined } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { librariesOf } from './libraries.ts';

/** The libraries of every program that the commands of the unit execute on their way. */
export function wayProgramsPart({ service, start, launches }: Subject): Contribution {
  const programs = new WayPrograms(service);
  const loaded = start.refusal === undefined ? start.loaded : undefined;
  for (const { seen, command, launch } of launches)
    if (launch !== undefined)
      programs.add(seen, command, launch, launch === start.launch ? loaded : undefined);
  return librariesOfAll(programs);
}

/** The libraries of each of them. */
export function librariesOfAll({ all }: WayPrograms): Contribution {
  const unread = all.map(({ notExamined }) => ({ nodes: [], edges: [], notExamined }));
  return joined([
    ...unread,
    ...all.flatMap(({ loaded }) => (loaded === undefined ? [] : [librariesOf(loaded)])),
  ]);
}
