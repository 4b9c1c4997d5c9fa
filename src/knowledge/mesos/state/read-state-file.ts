import { type Host, HostError } from '../../../host/host.ts';
import type { MesosVersion } from '../mesos-version.ts';
import { frames } from './frames.ts';
import { missingField } from './missing-field.ts';
import type { StateFile } from './state-files.ts';

/** Whether an agent of some release can read a file of the checkpoints. */
export type StateVerdict =
  | { readonly kind: 'readable'; readonly records: number }
  | {
      readonly kind: 'unreadable';
      /** Counts from 1. */
      readonly record: number;
      /** Bytes before that record: what is left of a list after recovery has cut it. */
      readonly offset: number;
      readonly reason: string;
    }
  | { readonly kind: 'unknown'; readonly why: string };

const FILE_SIZE_LIMIT = 64 * 1024 * 1024;

/**
 * Reads a file as `protobuf::read` does: frames of a length in four bytes, little-endian, and a message. A frame that
 * the file's end cuts off ends a list without an error; an empty file counts as one that is not there.
 * Source: stout/protobuf.hpp, src/slave/state.cpp of Mesos 0.28.1 and 1.0.0.
 */
export function readStateFile(
  host: Host,
  { path, message, isList }: StateFile,
  version: MesosVersion,
): StateVerdict {
  let bytes: Uint8Array;
  try {
    bytes = host.readFile(path, FILE_SIZE_LIMIT);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { kind: 'unknown', why: error.message };
  }
  let records = 0;
  for (const { offset, message: found } of frames(bytes)) {
    const record = records + 1;
    if (found === undefined) {
      return isList
        ? { kind: 'readable', records }
        : { kind: 'unreadable', record, offset, reason: 'the file ends inside the message' };
    }
    const missing = missingField(found, message, version);
    if (typeof missing === 'object') return { kind: 'unreadable', record, offset, reason: missing.reason };
    if (missing !== undefined) {
      return { kind: 'unreadable', record, offset, reason: `it needs the field ${missing}` };
    }
    records += 1;
    if (!isList) break;
  }
  return { kind: 'readable', records };
}
