import type { Machine } from '../host/machine.ts';
import { commandLine } from './command-line.ts';
import { areLeft, OWN_UNITS, removeUnits, wantUnit, writeUnit } from './own-unit.ts';

const LIMIT_MS = 60_000;

/**
 * Has systemd run `command` (`cutover recover`, program first) at `deadline` (milliseconds since 1970, by the wall
 * clock), whoever is still there then. Armed anew it only moves.
 */
export async function armConfirmation(
  machine: Machine,
  change: string,
  deadline: number,
  command: readonly string[],
): Promise<void> {
  const { timer, service, wanted } = unitsOf(change);
  writeUnit(machine, `${OWN_UNITS}/${service}`, serviceText(change, command));
  writeUnit(machine, `${OWN_UNITS}/${timer}`, timerText(change, deadline));
  wantUnit(machine, timer, wanted);
  await machine.systemd.daemonReload();
  const complaint = await machine.systemd.restart(timer, LIMIT_MS);
  if (complaint !== undefined) throw new Error(`the timer for the confirmation does not start: ${complaint}`);
}

/** Takes the timer away. Never throws: one that is left over finds nothing to do. */
export async function disarmConfirmation(machine: Machine, change: string): Promise<void> {
  const { timer, service, wanted } = unitsOf(change);
  const paths = [wanted, `${OWN_UNITS}/${timer}`, `${OWN_UNITS}/${service}`];
  try {
    if (!areLeft(machine, paths)) return;
    // It may have been cut short before there was a timer, which is then nothing that can be stopped.
    if (machine.host.lstat(`${OWN_UNITS}/${timer}`) !== undefined)
      await machine.systemd.stop([timer], LIMIT_MS);
    removeUnits(machine, paths);
    await machine.systemd.resetFailed(service); // a way back that it ran may have failed, and another not
    await machine.systemd.daemonReload();
  } catch {
    // It is confirmed, or taken back, all the same.
  }
}

/**
 * Takes the timer away when its time has come, and nothing can be done about its change: its service would be tried
 * again for ever. One whose time is still to come stays; the journal may be mended until then.
 */
export async function stopTrying(machine: Machine, change: string): Promise<void> {
  const { service } = unitsOf(change);
  if (machine.host.lstat(`${OWN_UNITS}/${service}`) === undefined) return;
  if ((await machine.systemd.show(service)).activeState === 'activating')
    await disarmConfirmation(machine, change);
}

function unitsOf(change: string): { timer: string; service: string; wanted: string } {
  const timer = `cutover-confirm-${change}.timer`;
  const service = `cutover-confirm-${change}.service`;
  return { timer, service, wanted: `${OWN_UNITS}/timers.target.wants/${timer}` };
}

/**
 * A calendar time, so that it counts while the machine is off; systemd lets it slip by a minute unless told. One that is
 * past when the timer starts never comes, so the time that is left counts as well.
 */
function timerText(change: string, deadline: number): string {
  const left = Math.max(1, Math.ceil((deadline - Date.now()) / 1000));
  const at = new Date(Math.ceil(deadline / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `# Written by Cutover. Takes the change back unless it is confirmed: cutover confirm ${change}
[Unit]
Description=Take back change ${change} unless it is confirmed

[Timer]
OnCalendar=${at} UTC
OnActiveSec=${left}s
AccuracySec=100ms
`;
}

/** Tried again while another Cutover holds the lock. */
function serviceText(change: string, command: readonly string[]): string {
  return `# Written by Cutover, for its timer of the same name.
[Unit]
Description=Take back change ${change}, which was not confirmed
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=${commandLine(command)}
Restart=on-failure
RestartSec=5s
RestartPreventExitStatus=4
TimeoutStartSec=infinity
`;
}
