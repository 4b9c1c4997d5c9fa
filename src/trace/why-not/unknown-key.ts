import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { keysOf, otherTypesWith, sectionOf, SERVICE_SECTION_NAMES } from '../../service/known-keys.ts';
import { nearest } from '../../text/nearest.ts';
import { type Answer, noEffect } from './answer.ts';
import { serviceSection } from './unknown-section.ts';

/** Why systemd does not know the key of a line in its section; undefined where it does. */
export function unknownKey({ section: name, key }: Assignment): Answer | undefined {
  const section = serviceSection(name);
  if (section === undefined || keysOf(section).includes(key)) return undefined;
  if (key.startsWith('X-')) {
    return noEffect(`systemd leaves names that begin with X- to other programs`, {
      next: 'Write the name without X-, if systemd is to read it, then: systemctl daemon-reload',
    });
  }
  const home = sectionOf(key);
  if (home !== undefined) {
    return noEffect(`${key}= belongs in [${home}]; in [${section}] systemd ignores it`, {
      next: `Move the line below [${home}], then: systemctl daemon-reload`,
    });
  }
  const [type] = otherTypesWith(key);
  if (type !== undefined) {
    return noEffect(`${key}= is for ${type} units; systemd ignores it in a service`, {
      next: `Write it in a file of the ${type} unit, then: systemctl daemon-reload`,
    });
  }
  const variable = /^(?:export\s+)?([A-Z_][A-Z0-9_]*)$/.exec(key)?.[1];
  if (variable !== undefined) {
    return noEffect(`systemd knows no directive ${key}=; a variable is set with Environment=`, {
      next: `Write Environment=${variable}=…, then: systemctl daemon-reload`,
    });
  }
  const near = nearest(key, keysOf(section)) ?? nearest(key, SERVICE_SECTION_NAMES.flatMap(keysOf));
  if (near === undefined) {
    return noEffect(`systemd 252 knows no ${key}= in [${section}] and ignores it`, {
      next: 'man systemd.directives    lists all that the systemd of this machine knows',
    });
  }
  const nearHome = keysOf(section).includes(near) ? section : sectionOf(near);
  const capitals = near.toLowerCase() === key.toLowerCase();
  const where = nearHome === section ? '' : `, which belongs in [${nearHome}]`;
  return noEffect(
    capitals
      ? `capitals count: systemd knows ${near}=, not ${key}=${where}`
      : `systemd knows no ${key}= and ignores it; ${near}= is meant?${where}`,
    { next: `Write ${near}=, then: systemctl daemon-reload` },
  );
}
