import type { Machine } from '../host/machine.ts';
import { runs } from '../host/runs.ts';
import { historyOf } from '../journal/history.ts';
import type { Journal } from '../journal/journal.ts';
import { guardOf } from '../plan/guard.ts';
import { errorMessage } from '../text/error-message.ts';
import { shellWord } from '../text/shell-word.ts';

export interface ServiceNow {
  /** false also when systemd does not say. */
  readonly runs: boolean;
  /** For the reason of an end that needs the operator. */
  readonly text: string;
}

/** Whether the service of a change runs now, and what is to be done when it does not. Never throws. */
export async function serviceNow(machine: Machine, journal: Journal): Promise<ServiceNow> {
  const { change, service, before } = journal.begin;
  const ran = runs(before.unit.activeState);
  const { leftStopped } = historyOf(journal.records);
  try {
    const { activeState } = await machine.systemd.show(service);
    const isUp = activeState === 'active' || activeState === 'reloading';
    if (isGuarded(machine, service)) return guarded(service, change, isUp);
    const wanted = isUp || !ran ? [] : [service];
    for (const unit of leftStopped) {
      const other = await machine.systemd.show(unit);
      if (!runs(other.activeState)) wanted.push(unit);
    }
    const state = isUp ? `${service} is running` : `${service} is not running`;
    if (wanted.length === 0) return { runs: isUp, text: `${state}${untilBoot(machine, service)}` };
    const also = isUp ? ', but what was stopped with it is not' : '';
    return {
      runs: isUp,
      text: `${state}${also}: start it with systemctl start ${wanted.map(shellWord).join(' ')}${untilBoot(machine, service)}`,
    };
  } catch (error) {
    const cause = errorMessage(error);
    return { runs: false, text: `whether ${service} is running is not known (${cause})` };
  }
}

function guarded(service: string, change: string, isUp: boolean): ServiceNow {
  const now = isUp ? 'is running, and would not be started again' : 'is not running';
  const again = `cutover rollback ${change}`;
  return {
    runs: isUp,
    text:
      `${service} ${now}: Cutover's guard keeps it down until the way back has come to its end: ${again}; ` +
      `to try that once more, and if it fails leave all as it is, without the guard: ${again} --accept-differences`,
  };
}

/** A guard that is open and could not be removed is closed again after a boot. */
function untilBoot({ host }: Machine, service: string): string {
  const { path } = guardOf(service);
  return host.lstat(path) === undefined
    ? ''
    : `. After the next boot it would not start: Cutover's guard ${path} is still there`;
}

/** A start would have no effect, and no complaint either. */
function isGuarded({ host }: Machine, service: string): boolean {
  const { path, flag } = guardOf(service);
  return host.lstat(path) !== undefined && host.lstat(flag) === undefined;
}
