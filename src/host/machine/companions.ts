import type { Companions } from '../machine.ts';
import { runs } from '../runs.ts';

/** The properties `findCompanions` needs, for `systemctl show --property=`. */
export const COMPANION_PROPERTIES: readonly string[] = [
  'Id',
  'ActiveState',
  'RequiredBy',
  'RequisiteOf',
  'BoundBy',
  'ConsistsOf',
  'PropagatesStopTo',
  'TriggeredBy',
];
/** What a stop goes on to. Source: systemd.unit(5), "Mapping of unit properties to their inverses". */
const STOPPED_WITH = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'ConsistsOf', 'PropagatesStopTo'];
const MAX_UNITS = 1000;

/**
 * Follows what a stop of `unit` takes down, what triggers those, and what the stop of these triggers takes down. `show` gives the output of `systemctl
 * show` for some units: `NAME=VALUE` lines, an empty line between two units. Throws for more than 1000 units.
 */
export async function findCompanions(
  unit: string,
  show: (units: readonly string[]) => Promise<string>,
): Promise<Companions> {
  const found = new Map<string, UnitLinks>();
  const triggers = new Set<string>();
  for (let pending = [unit]; pending.length > 0; ) {
    const next = new Set<string>();
    for (const links of readLinks(await show(pending))) {
      found.set(links.id, links);
      const fired = links.triggeredBy.filter((trigger) => /\.(socket|path)$/.test(trigger));
      for (const trigger of fired) triggers.add(trigger);
      for (const other of [...links.stoppedWith, ...fired]) if (!found.has(other)) next.add(other);
    }
    if (found.size + next.size > MAX_UNITS) throw new Error(`more than ${MAX_UNITS} units depend on ${unit}`);
    pending = [...next].filter((name) => !found.has(name));
  }
  const running = [...found.values()].filter(({ id, runs }) => runs && id !== unit).map(({ id }) => id);
  return {
    dependents: running.filter((id) => !triggers.has(id)),
    triggers: running.filter((id) => triggers.has(id)),
  };
}

interface UnitLinks {
  readonly id: string;
  readonly runs: boolean;
  readonly stoppedWith: readonly string[];
  readonly triggeredBy: readonly string[];
}

function readLinks(output: string): UnitLinks[] {
  return output.split('\n\n').flatMap((block) => {
    const lines = block.split('\n');
    const words = (name: string): string[] =>
      lines
        .filter((line) => line.startsWith(`${name}=`))
        .flatMap((line) => line.slice(name.length + 1).split(' '))
        .filter((word) => word !== '');
    const [id] = words('Id');
    if (id === undefined) return [];
    return [
      {
        id,
        runs: runs(words('ActiveState')[0] ?? ''),
        stoppedWith: STOPPED_WITH.flatMap(words),
        triggeredBy: words('TriggeredBy'),
      },
    ];
  });
}
