import {
  decodeMessage,
  type MalformedMessage,
  type WireMessage,
} from '../../../formats/protobuf/wire-message.ts';
import type { AgentInfo, Attribute, Resource, Value } from './agent-info.ts';

/**
 * Reads a checkpointed `slave.info`: a frame of four bytes (the length, little-endian), then a SlaveInfo. Fields
 * this reader does not know are skipped, as an agent does. Source: include/mesos/mesos.proto, stout/protobuf.hpp of
 * Mesos 0.28.1 to 1.11.0.
 */
export function decodeAgentInfo(file: Uint8Array): AgentInfo | MalformedMessage {
  if (file.length < 4)
    return { kind: 'malformed', reason: 'the file ends inside its length', offset: file.length };
  const length = new DataView(file.buffer, file.byteOffset, 4).getUint32(0, true);
  if (length > file.length - 4) {
    return { kind: 'malformed', reason: `the file ends before its ${length} bytes do`, offset: file.length };
  }
  return decodeMessage(file.subarray(4, 4 + length), agentInfo);
}

function agentInfo(message: WireMessage): AgentInfo {
  return {
    hostname: message.required(message.text(1), 'hostname'),
    port: Number(message.integer(8) ?? 5051n),
    id: message.message(6)?.text(1),
    resources: message.messages(3).map(resource),
    attributes: message.messages(5).map(attribute),
  };
}

/** One `Resource` message. */
export function resource(message: WireMessage): Resource {
  return {
    name: message.required(message.text(1), 'name'),
    role: message.text(6) ?? '*',
    value: valueOf(message, { set: 5, text: undefined }),
    more: [
      diskSource(message),
      ...SPECIAL.filter(([number]) => message.message(number)).map(([, name]) => name),
    ]
      .filter((part) => part !== '')
      .join(', '),
  };
}

function attribute(message: WireMessage): Attribute {
  return {
    name: message.required(message.text(1), 'name'),
    value: valueOf(message, { set: 6, text: 5 }),
  };
}

const SPECIAL = [
  [8, 'reserved'],
  [9, 'revocable'],
  [10, 'shared'],
  [13, 'reserved'],
] as const;

/** Which disk a resource is from; '' for the one of the work directory. DiskInfo.Source: PATH = 1, MOUNT = 2, BLOCK = 3, RAW = 4. */
export function diskSource(message: WireMessage): string {
  const source = message.message(7)?.message(3);
  if (source === undefined) return '';
  const type = DISK_TYPES[Number(source.integer(1) ?? 0n)] ?? 'unknown';
  const root = (source.message(2) ?? source.message(3))?.text(1) ?? '';
  return `${type} disk ${root}`.trimEnd();
}

const DISK_TYPES = ['unknown', 'PATH', 'MOUNT', 'BLOCK', 'RAW'];

/** The fields of a Value that a Resource and an Attribute number alike, and those they do not. */
function valueOf(message: WireMessage, numbers: { set: number; text: number | undefined }): Value {
  const type = message.required(message.integer(2), 'type');
  switch (type) {
    case 0n:
      return { type: 'scalar', value: message.message(3)?.double(1) ?? 0 };
    case 1n: {
      const ranges = message.message(4)?.messages(1) ?? [];
      return {
        type: 'ranges',
        ranges: ranges.map((range) => ({
          begin: range.required(range.integer(1), 'begin'),
          end: range.required(range.integer(2), 'end'),
        })),
      };
    }
    case 2n:
      return { type: 'set', items: message.message(numbers.set)?.texts(1) ?? [] };
    default:
      return {
        type: 'text',
        value: (numbers.text === undefined ? undefined : message.message(numbers.text)?.text(1)) ?? '',
      };
  }
}
