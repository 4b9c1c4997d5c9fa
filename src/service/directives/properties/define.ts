import type { Followed, Initial, Property, PropertyKind, Values } from '../property.ts';

type Section = Property['section'];

/** Properties of one section and kind: name of the directive → what `systemctl show` prints without any line. */
export function alike(
  section: Section,
  kind: PropertyKind,
  initials: Readonly<Record<string, string | undefined>>,
): Property[] {
  return Object.entries(initials).map(([name, value]) => one(section, name, kind, fixed(value)));
}

/** A property; where the directive is called otherwise, or there are several, they are named. */
export function one(
  section: Section,
  name: string,
  kind: PropertyKind,
  initial: Initial,
  directives: readonly string[] = [name],
): Property {
  return { name, section, directives, kind, initial };
}

export function fixed(value: string | undefined): Initial {
  return { kind: 'fixed', value };
}

export function follows(from: (values: Values) => Followed): Initial {
  return { kind: 'follows', from };
}
