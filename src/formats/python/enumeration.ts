import { areEqual } from './compare-values.ts';
import type { NativeCall } from './interpreter.ts';
import { derivedStr, pyInt, raise } from './make.ts';
import { bareInstance } from './instance.ts';
import { valueOfMember } from './enum-member.ts';
import { represent } from './show.ts';
import { instanceOf } from './types.ts';
import type { PyClass, PyValue } from './value.ts';

/** Makes the members of an `Enum` of what its body assigned. */
export function enumerate(type: PyClass): void {
  const members: PyValue[] = [];
  let last = 0n;
  for (const [name, { value: written, hop }] of type.names) {
    if (name.startsWith('_') || ['function', 'descriptor', 'class', 'unknown'].includes(written.kind))
      continue;
    const isAutomatic = written.kind === 'native' && written.name === 'enum.auto()';
    const value = isAutomatic ? pyInt(last + 1n) : written;
    if (value.kind === 'int') last = value.value;
    const call = { args: [value], keywords: new Map(), at: type.at, interpreter: type.interpreter };
    const alias = members.find((member) => areEqual(valueOfMember(member), value, call));
    const member = alias ?? bareInstance(type, call);
    if (alias === undefined) {
      members.push(member);
      instanceOf(member)?.attributes.set('value', value).set('name', derivedStr(name, type.at));
    }
    type.names.set(name, hop === undefined ? { value: member } : { value: member, hop });
  }
  type.members = members;
}

/** `Version(4)`: the member of that value. */
export function memberOf(members: readonly PyValue[], type: PyClass, call: NativeCall): PyValue {
  const [searched] = call.args;
  if (searched === undefined)
    return raise('TypeError', "missing 1 required positional argument: 'value'", call.at);
  const found = members.find(
    (member) => member === searched || areEqual(valueOfMember(member), searched, call),
  );
  return found ?? raise('ValueError', `${represent(searched, call)} is not a valid ${type.name}`, call.at);
}
