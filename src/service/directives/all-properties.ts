import { CGROUP_PROPERTIES } from './properties/cgroup-properties.ts';
import { EXEC_PROPERTIES } from './properties/exec-properties.ts';
import { LIMIT_PROPERTIES } from './properties/limit-properties.ts';
import { SERVICE_PROPERTIES } from './properties/service-properties.ts';
import { UNIT_PROPERTIES } from './properties/unit-properties.ts';
import type { Property } from './property.ts';

/** Every property of a service whose value is worked out from the unit's files. */
export const ALL_PROPERTIES: readonly Property[] = [
  ...UNIT_PROPERTIES,
  ...SERVICE_PROPERTIES,
  ...EXEC_PROPERTIES,
  ...CGROUP_PROPERTIES,
  ...LIMIT_PROPERTIES,
];

/** The property of that name, be it that of `systemctl show` (TimeoutStartUSec) or of unit files (TimeoutStartSec). */
export function propertyCalled(name: string): Property | undefined {
  return ALL_PROPERTIES.find((property) => property.name === name || property.directives.includes(name));
}
