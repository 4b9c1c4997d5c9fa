import type { Step } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';

const UNITS = '/run/systemd/system';
const LIMIT_MS = 60_000;

/** Takes away whatever there is of a trial start. The unit is forgotten by systemd when it has ended. */
export async function removeTrial(
  machine: Machine,
  { trialUnit, directory }: Pick<Extract<Step, { kind: 'trial-start' }>, 'trialUnit' | 'directory'>,
): Promise<void> {
  const path = `${UNITS}/${trialUnit}`;
  if (machine.host.lstat(path) !== undefined) {
    await machine.systemd.stop([trialUnit], LIMIT_MS);
    await machine.systemd.resetFailed(trialUnit);
    machine.files.removeFile(path);
  }
  await machine.views.remove(directory);
}
