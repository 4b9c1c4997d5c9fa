/**
 * The directories that hold drop-ins of a unit, by its names: its own, its template's, those of the prefixes of its name,
 * those of all units of its type. Source: systemd.unit(5).
 */
export function dropInLevels(names: readonly string[]): string[] {
  const levels = names.flatMap((name) => {
    const suffix = name.slice(name.lastIndexOf('.'));
    const stem = name.slice(0, -suffix.length);
    const at = stem.indexOf('@');
    const template = at === -1 ? [] : [`${stem.slice(0, at + 1)}${suffix}.d`];
    const prefixes = [...stem.matchAll(/-/g)].map((match) => `${stem.slice(0, match.index + 1)}${suffix}.d`);
    return [`${name}.d`, ...template, ...prefixes.reverse()];
  });
  const types = names.map((name) => `${name.slice(name.lastIndexOf('.') + 1)}.d`);
  return [...new Set([...levels, ...types])];
}
