import { instanceOf } from './types.ts';
import type { PyClass, PyValue } from './value.ts';

export function isEnum(type: PyClass): boolean {
  return type.ancestors.some(({ name }) => name === 'enum.Enum' || name === 'enum.IntEnum');
}

export function valueOfMember(member: PyValue): PyValue {
  return instanceOf(member)?.attributes.get('value') ?? member;
}

/** The name of a member, if the value is one. */
export function memberName(value: PyValue): string | undefined {
  const instance = instanceOf(value);
  if (instance === undefined || !isEnum(instance.class)) return undefined;
  const name = instance.attributes.get('name');
  return name?.kind === 'str' ? name.text.toString() : undefined;
}
