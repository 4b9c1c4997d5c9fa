/** The parts of a unit's name: `lamp@east.service` has the prefix `lamp`, the instance `east`, the suffix `.service`. */
export interface UnitName {
  readonly prefix: string;
  /** Undefined for a plain unit, empty for a template. */
  readonly instance: string | undefined;
  /** With its dot. */
  readonly suffix: string;
}

export function parseUnitName(name: string): UnitName {
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot);
  const at = stem.indexOf('@');
  return {
    prefix: at === -1 ? stem : stem.slice(0, at),
    instance: at === -1 ? undefined : stem.slice(at + 1),
    suffix: name.slice(dot),
  };
}

/** The template that an instance is made of. */
export function templateOf(name: string): string | undefined {
  const { prefix, instance, suffix } = parseUnitName(name);
  return instance === undefined || instance === '' ? undefined : `${prefix}@${suffix}`;
}

/** A template's name with the instance that `of` has; any other name as it is. */
export function instanceLike(name: string, of: string): string {
  const { prefix, instance, suffix } = parseUnitName(name);
  const wanted = parseUnitName(of).instance;
  return instance === '' && wanted !== undefined ? `${prefix}@${wanted}${suffix}` : name;
}

/** Source: unit_validate_alias_symlink_or_warn() in src/basic/unit-file.c of systemd 252. */
export function mayBeAlias(name: string, of: string): boolean {
  const [alias, target] = [parseUnitName(name), parseUnitName(of)];
  if (alias.suffix !== target.suffix) return false;
  if (alias.instance === undefined || alias.instance === '') return alias.instance === target.instance;
  return target.instance === '' || target.instance === alias.instance;
}
