import type { Host } from '../../host/host.ts';
import { EffectiveProperties } from '../../service/directives/effective-property.ts';
import { mainCommand, type Service } from '../../service/service.ts';

/** A root of its own is in the place of the view that a trial has. */
const OWN_ROOT = ['RootDirectory', 'RootImage', 'MountImages', 'ExtensionImages', 'ExtensionDirectories'];

/** Why a service can't be started beside itself, whatever it runs; undefined when it can. */
export function whyNoTrial(host: Host, service: Service): string | undefined {
  const { unit } = service;
  const type = new EffectiveProperties(host, unit, () => undefined).get('Type')?.value;
  const root = unit.assignments.findLast(({ key, value }) => OWN_ROOT.includes(key) && value.length > 0);
  if (root !== undefined) return `it has a file system of its own (${root.key}=)`;
  if (type === 'dbus')
    return 'it is ready when it has a name on the bus (Type=dbus), and a name has one owner';
  if (mainCommand(service)?.prefixes.includes('+') === true)
    return "its command begins with '+', which nothing confines";
  const isNamed = unit.assignments.some(({ key, value }) => key === 'Sockets' && value.length > 0);
  return isNamed ? 'systemd opens its sockets for it, and they are in use' : undefined;
}
