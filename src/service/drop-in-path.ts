/** Cutover's drop-in. Sorts after the drop-ins people number up to 89, and before those they number last on purpose. */
export function dropInPath(service: string): string {
  return `/etc/systemd/system/${service}.d/${DROP_IN_NAME}`;
}

/** systemd reads the drop-ins of a unit in the order of their names, whatever directories they are in. */
export const DROP_IN_NAME = '90-cutover.conf';
