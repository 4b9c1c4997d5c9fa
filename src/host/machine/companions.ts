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
 * Follows what a stop of `unit` takes down, and what triggers those. `show` gives the output of `systemctl
 * show` for some units: `NAME=VALUE` lines, an empty line between two units. Throws for more than 1000 units.
 */
export async function findCompanions(
  unit: string,
  show: (units: readonly string[]) => Promise<string>,
): Promise<Companions> {
  const dependents = new Map<string, UnitLinks>();
  const triggers = new Set<string>();
  for (let pending = [unit]; pending.length > 0; ) {
    const next = new Set<string>();
    for (const links of readLinks(await show(pending))) {
      dependents.set(links.id, links);
      for (const other of links.stoppedWith) if (!dependents.has(other)) next.add(other);
      for (const trigger of links.triggeredBy) if (/\.(socket|path)$/.test(trigger)) triggers.add(trigger);
    }
    if (dependents.size + next.size > MAX_UNITS)
      throw new Error(`more than ${MAX_UNITS} units depend on ${unit}`);
    pending = [...next].filter((name) => !dependents.has(name));
  }
  const asked = triggers.size === 0 ? [] : readLinks(await show([...triggers]));
  const active = (all: Iterable<UnitLinks>): string[] =>
    [...all].filter(({ id, runs }) => runs && id !== unit).map(({ id }) => id);
  const running = active(asked);
  return {
    dependents: active(dependents.values()).filter((id) => !running.includes(id)),
    triggers: running,
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
