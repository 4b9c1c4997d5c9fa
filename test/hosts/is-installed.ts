import { accessSync, constants } from 'node:fs';

/** Whether a program is on the PATH or in one of Debian's sbin directories, which a user's PATH often lacks. */
export function isInstalled(program: string): boolean {
  const places = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  return places.some((place) => {
    try {
      accessSync(`${place}/${program}`, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
