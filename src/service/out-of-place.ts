import type { Assignment } from '../formats/unit/parse-unit.ts';
import { keysOf, sectionOf, SERVICE_SECTION_NAMES } from './known-keys.ts';

/**
 * Why systemd passes over a line of a service's file for its section or its name, whatever its value; undefined for one
 * that it reads. Capitals count. Source: config_item_perf_lookup() and the section checks of config_parse() in
 * src/shared/conf-parser.c of systemd 252.
 */
export function outOfPlace({ section: name, key }: Assignment): string | undefined {
  const section = SERVICE_SECTION_NAMES.find((known) => known === name);
  if (section === undefined) {
    return name.startsWith('X-')
      ? `[${name}] is left to other programs`
      : `[${name}] is no section of a service`;
  }
  if (keysOf(section).includes(key)) return undefined;
  const home = sectionOf(key);
  return home === undefined ? `systemd 252 knows no ${key}=` : `${key}= belongs in [${home}]`;
}
