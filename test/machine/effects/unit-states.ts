/** What systemd said of a unit at one moment. */
export interface UnitState {
  readonly activeState: string;
  readonly mainPid: string;
  /** Another with every start. */
  readonly invocation: string;
  readonly restarts: string;
  readonly since: string;
}

const PROPERTIES = 'Id,ActiveState,MainPID,InvocationID,NRestarts,ActiveEnterTimestampMonotonic';

/** Of every unit that systemd has loaded, those that do not run among them. */
export const SHOW_UNITS = `systemctl show --property=${PROPERTIES} -- '*'`;

export function readUnitStates(shown: string): ReadonlyMap<string, UnitState> {
  const states = new Map<string, UnitState>();
  for (const block of shown.split('\n\n')) {
    const values = new Map(
      block
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
    );
    const one = (name: string): string => values.get(name) ?? '';
    if (one('Id') === '') continue;
    states.set(one('Id'), {
      activeState: one('ActiveState'),
      mainPid: one('MainPID'),
      invocation: one('InvocationID'),
      restarts: one('NRestarts'),
      since: one('ActiveEnterTimestampMonotonic'),
    });
  }
  return states;
}

/** Where the journal ends now. */
export const END_OF_JOURNAL = "journalctl -n 0 --show-cursor -q | sed -n 's/^-- cursor: //p'";

/**
 * Units that systemd has begun to start since, one a line; of one that has ended systemd may know nothing any more. Chosen by grep:
 * with a match journalctl passes over the first entry behind a cursor.
 */
export function startedSince(cursor: string): string {
  return `journalctl --sync; journalctl -q -o json --output-fields=UNIT,MESSAGE_ID,_PID --after-cursor='${cursor}' |
    grep -F '"_PID":"1"' | grep -F '"MESSAGE_ID":"${STARTING}"' | sed -n 's/.*"UNIT":"\\([^"]*\\)".*/\\1/p' | sort -u`;
}

/** SD_MESSAGE_UNIT_STARTING. Source: src/systemd/sd-messages.h of systemd 252. */
const STARTING = '7d4958e842da4a758f6c1cdc7b36dcc5';

/**
 * What became of each unit that is not as it was: `nginx.service restarts`. Mounts and devices come and go with those that use
 * them. `started` are those that systemd has begun to start meanwhile.
 */
export function unitChanges(
  before: ReadonlyMap<string, UnitState>,
  after: ReadonlyMap<string, UnitState>,
  started: readonly string[],
): string[] {
  const names = [...new Set([...before.keys(), ...after.keys(), ...started])];
  return names.flatMap((name) => {
    if (/\.(?:mount|device|slice)$/.test(name)) return [];
    const [was, is] = [before.get(name), after.get(name)];
    const ran = RUNS.has(was?.activeState ?? '');
    const runs = RUNS.has(is?.activeState ?? '');
    if (ran && !runs) return [`${name} stops`];
    const isNew = runs && is?.invocation !== was?.invocation;
    if (ran) return isNew ? [`${name} restarts`] : [];
    return isNew || started.includes(name) ? [`${name} starts`] : [];
  });
}

const RUNS: ReadonlySet<string> = new Set(['active', 'activating', 'reloading']);
