import { otherTypeOfSection, SERVICE_SECTION_NAMES, type ServiceSection } from '../../service/known-keys.ts';
import { nearest } from '../../text/nearest.ts';
import { type Answer, noEffect } from './answer.ts';

/** The section, where it is one of a service's file. */
export function serviceSection(name: string): ServiceSection | undefined {
  return SERVICE_SECTION_NAMES.find((section) => section === name);
}

/** Why systemd ignores a section and all in it; undefined for one that a service has. */
export function unknownSection(name: string): Answer | undefined {
  if (serviceSection(name) !== undefined) return undefined;
  if (name.startsWith('X-')) {
    return noEffect(`systemd leaves sections whose names begin with X- to other programs: [${name}]`, {
      next: 'Write [Service] or [Unit], if systemd is to read it, then: systemctl daemon-reload',
    });
  }
  const type = otherTypeOfSection(name);
  if (type !== undefined) {
    return noEffect(`[${name}] is a section of ${type} units; in the files of a service systemd ignores it`, {
      next: `Write it in a file of the ${type} unit, then: systemctl daemon-reload`,
    });
  }
  const near = nearest(name, SERVICE_SECTION_NAMES);
  return noEffect(
    `systemd knows no section [${name}] and ignores all in it${near === undefined ? '' : `; [${near}] is meant?`}`,
    { next: `Write [${near ?? 'Service'}], then: systemctl daemon-reload` },
  );
}
