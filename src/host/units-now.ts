import { readProperties } from './systemd-says.ts';
import { spawnSync } from 'node:child_process';
import { runs } from './runs.ts';

/** What the units of this machine do at this moment. Of a unit that systemd has not loaded it is that it does not run. */
export interface UnitsNow {
  /** Names by `Id`. */
  readonly loaded: readonly string[];
  runs(unit: string): boolean;
  /** A condition kept it from being started the last time. */
  wasSkipped(unit: string): boolean;
}

const ANSWER_LIMIT_MS = 5000;
const OUTPUT_LIMIT = 16 * 1024 * 1024;
const PROPERTIES = 'Id,ActiveState,ConditionResult,ConditionTimestampMonotonic';

/** Asks `systemctl show` once; undefined where no systemd answers. */
export function unitsNow(): UnitsNow | undefined {
  const { status, stdout } = spawnSync('systemctl', ['show', `--property=${PROPERTIES}`, '--', '*'], {
    encoding: 'utf8',
    timeout: ANSWER_LIMIT_MS,
    maxBuffer: OUTPUT_LIMIT,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  return status === 0 ? readUnitsNow(stdout) : undefined;
}

/** Reads what `systemctl show` prints of several units: `NAME=VALUE` lines, an empty line between two. */
export function readUnitsNow(output: string): UnitsNow {
  const units = new Map<string, { readonly runs: boolean; readonly wasSkipped: boolean }>();
  for (const block of output.split('\n\n')) {
    const values = readProperties(block);
    const id = values.get('Id');
    if (id === undefined) continue;
    units.set(id, {
      runs: runs(values.get('ActiveState') ?? ''),
      wasSkipped: values.get('ConditionResult') === 'no' && values.get('ConditionTimestampMonotonic') !== '0',
    });
  }
  return {
    loaded: [...units.keys()],
    runs: (unit) => units.get(unit)?.runs ?? false,
    wasSkipped: (unit) => units.get(unit)?.wasSkipped ?? false,
  };
}
