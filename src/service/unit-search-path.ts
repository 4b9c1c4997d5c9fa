/**
 * Where systemd looks for system units, first match wins. `/lib/systemd/system` is the same directory as
 * `/usr/lib/systemd/system` on a merged-/usr host. Source: systemd.unit(5), "UNIT FILE LOAD PATH";
 * src/basic/path-lookup.c of systemd 252.
 */
export const UNIT_SEARCH_PATH: readonly string[] = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/run/systemd/generator.early',
  '/etc/systemd/system',
  '/etc/systemd/system.attached',
  '/run/systemd/system',
  '/run/systemd/system.attached',
  '/run/systemd/generator',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
  '/run/systemd/generator.late',
];
