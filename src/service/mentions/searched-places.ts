import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { UNIT_SEARCH_PATH } from '../unit-search-path.ts';

/** Where a host keeps what names services, their files and ports, and what runs commands; each directory once, links followed. */
export function searchedPlaces(host: Host): readonly string[] {
  const real = (path: string): string => ifReadable(() => host.realPath(path)) ?? path;
  const units = UNIT_SEARCH_PATH.filter((path) => !path.startsWith('/etc/')).map(real);
  return [...new Set([...units, '/etc', ...OTHERS.map(real)])];
}

const OTHERS = `
/usr/local/bin /usr/local/sbin /usr/local/etc
/var/spool/cron
/usr/lib/udev/rules.d /lib/udev/rules.d /run/udev/rules.d
/usr/lib/tmpfiles.d /run/tmpfiles.d /usr/lib/sysctl.d
/usr/lib/systemd/system-sleep /usr/lib/systemd/system-shutdown
/usr/lib/NetworkManager/dispatcher.d /usr/lib/networkd-dispatcher
/usr/share/polkit-1/rules.d
/usr/share/dbus-1/system-services
`
  .trim()
  .split(/\s+/);

/** The same for people. */
export const SEARCHED =
  'unit files, /etc, /usr/local/{bin,sbin,etc}, /var/spool/cron, rules of udev, tmpfiles, sysctl and polkit, hooks of sleep, ' +
  'shutdown and networks, scripts of packages, and those that all these run';

/** Whether a file says what commands are to run: the scripts that it names are looked at as well. */
export function runsCommands({ path, text }: { readonly path: string; readonly text: string }): boolean {
  return text.startsWith('#!') || HOOKS.test(path);
}

const HOOKS =
  /^\/etc\/(?:cron|anacrontab|logrotate|sudoers|apt\/apt\.conf|dpkg\/|monit|inittab|supervisor)|^\/var\/spool\/cron\/|\/udev\/rules\.d\/|\.(?:service|timer|path)$|\.service\.d\/[^/]+\.conf$/;

/** Left behind by editors and package managers: nobody reads them. */
export function isLeftover(path: string): boolean {
  return /~$|\.(?:dpkg-[a-z]+|ucf-[a-z]+|rpm(?:save|new|orig)|swp|bak|orig|rej)$/.test(path);
}
