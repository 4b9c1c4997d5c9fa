import {
  decodeMessage,
  type MalformedMessage,
  type WireMessage,
} from '../../../formats/protobuf/wire-message.ts';
import type { MesosVersion } from '../mesos-version.ts';
import { fieldsOf, isEnum, isEnumValue, type SchemaField } from './message-schema.ts';

/**
 * The field that an agent of `version` misses in a message, as a path (`status.state`), or undefined when it can
 * read it. A value of a required enum that the release does not know counts as missing: protobuf drops it.
 */
export function missingField(
  bytes: Uint8Array,
  message: string,
  version: MesosVersion,
): string | undefined | MalformedMessage {
  return decodeMessage(bytes, (decoded) => missingIn(decoded, message, version, 0));
}

/** Messages of the schema lead into each other nowhere but in ContainerID.parent. */
const DEEPEST = 64;

function missingIn(
  message: WireMessage,
  type: string,
  version: MesosVersion,
  depth: number,
): string | undefined {
  if (depth > DEEPEST) return undefined;
  for (const field of fieldsOf(type) ?? []) {
    if (!field.isKnownTo(version)) continue;
    if (field.isRequiredBy(version) && !isThere(message, field, version)) return field.name;
    if (field.type === undefined || isEnum(field.type)) continue;
    const parts = field.isRepeated
      ? message.messages(field.number)
      : [message.message(field.number) ?? []].flat();
    for (const part of parts) {
      const missing = missingIn(part, field.type, version, depth + 1);
      if (missing !== undefined) return `${field.name}.${missing}`;
    }
  }
  return undefined;
}

function isThere(message: WireMessage, { number, type }: SchemaField, version: MesosVersion): boolean {
  if (type === undefined || !isEnum(type)) return message.has(number);
  return message.integers(number).some((value) => isEnumValue(type, value, version));
}
