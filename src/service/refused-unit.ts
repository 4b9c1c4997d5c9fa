import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Place } from '../text/place.ts';
import type { EffectiveProperties } from './directives/effective-property.ts';
import { isFatal } from './directives/fatal-lines.ts';
import type { LoadedUnit } from './load-unit.ts';

/** Why systemd does not start a unit whatever else its lines say. */
export interface RefusedUnit {
  readonly reason: string;
  readonly place: Place | undefined;
  readonly next: string;
}

/**
 * Why systemd refuses a service as a whole (`LoadState=bad-setting`): a fatal line in the unit file, or directives
 * that do not go together. undefined for one that it takes.
 * Source: service_verify() in src/core/service.c of systemd 252.
 */
export function refusedUnit(unit: LoadedUnit, properties: EffectiveProperties): RefusedUnit | undefined {
  const fatal = unit.fragment.assignments.find(isFatal);
  if (fatal !== undefined) {
    return {
      reason: `${fatal.key}= in the unit file has a value that makes systemd refuse ${unit.name}`,
      place: fatal.place,
      next: `Mend the line, then: systemctl daemon-reload`,
    };
  }
  const commands = commandsInForce(unit, 'ExecStart');
  const type = properties.get('Type')?.value;
  const [, second] = commands;
  if (type !== 'oneshot' && second !== undefined) {
    return {
      reason: `${unit.name} has more than one ExecStart=, which Type=oneshot alone may have, so systemd refuses it`,
      place: second.place,
      next: `Write a line ExecStart= with nothing behind it before the new one, then: systemctl daemon-reload`,
    };
  }
  if (type !== 'oneshot' && commands.length === 0) {
    return {
      reason: `no ExecStart= of ${unit.name} is left, so systemd refuses it`,
      place: unit.assignments.findLast(({ section, key }) => section === 'Service' && key === 'ExecStart')
        ?.place,
      next: 'Write ExecStart= with a command after the empty one, then: systemctl daemon-reload',
    };
  }
  const remains = properties.get('RemainAfterExit')?.value === 'yes';
  const succeeds = (properties.get('SuccessAction')?.value ?? 'none') !== 'none';
  const stays = remains && commandsInForce(unit, 'ExecStop').length > 0;
  if (commands.length === 0 && !succeeds && !stays) {
    return {
      reason: `${unit.name} has no ExecStart=, so systemd refuses it`,
      place: unit.fragment.assignments.find(({ key }) => key === 'ExecStart')?.place,
      next: 'Write ExecStart= with a command below [Service], then: systemctl daemon-reload',
    };
  }
  const restart = properties.get('Restart');
  if (type === 'oneshot' && (restart?.value === 'always' || restart?.value === 'on-success')) {
    return {
      reason: `Restart=${restart.value} is not allowed for Type=oneshot, so systemd refuses ${unit.name}`,
      place: restart.steps.at(-1)?.line.place,
      next: 'Write Restart=on-failure, or another Type=, then: systemctl daemon-reload',
    };
  }
  for (const [name, isFor] of NOT_FOR_ONESHOT) {
    const property = properties.get(name);
    if (type !== 'oneshot' || property === undefined || !isFor(property.value)) continue;
    return {
      reason: `${name}=${property.value} is not allowed for Type=oneshot, so systemd refuses ${unit.name}`,
      place: property.steps.at(-1)?.line.place,
      next: `Leave ${name}= out, or write another Type=, then: systemctl daemon-reload`,
    };
  }
  const pam = properties.get('PAMName');
  const killMode = properties.get('KillMode')?.value ?? '';
  if (pam?.value !== undefined && !['control-group', 'mixed'].includes(killMode)) {
    return {
      reason: `KillMode=${killMode} is not allowed with PAMName=, so systemd refuses ${unit.name}`,
      place: properties.get('KillMode')?.steps.at(-1)?.line.place,
      next: 'Write KillMode=control-group or KillMode=mixed, then: systemctl daemon-reload',
    };
  }
  if (type === 'dbus' && properties.get('BusName')?.value === undefined) {
    return {
      reason: `Type=dbus needs BusName=, so systemd refuses ${unit.name}`,
      place: properties.get('Type')?.steps.at(-1)?.line.place,
      next: 'Add BusName=, then: systemctl daemon-reload',
    };
  }
  return undefined;
}

const NOT_FOR_ONESHOT: readonly (readonly [name: string, isFor: (value: string | undefined) => boolean])[] = [
  ['RestartForceExitStatus', (value) => value !== undefined],
  ['ExitType', (value) => value === 'cgroup'],
];

function commandsInForce(unit: LoadedUnit, key: string): Assignment[] {
  const lines = unit.assignments.filter((line) => line.section === 'Service' && line.key === key);
  return lines.slice(lines.findLastIndex(({ value }) => value.length === 0) + 1);
}
