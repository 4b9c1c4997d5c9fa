import { decodeMessage, type WireMessage } from '../../../formats/protobuf/wire-message.ts';
import type { Host } from '../../../host/host.ts';
import type { Resource } from '../info/agent-info.ts';
import { diskSource, resource } from '../info/decode-agent-info.ts';
import { resourceKey } from '../info/info-differences.ts';
import { metaDirectory } from '../info/read-checkpoint.ts';
import { frames } from './frames.ts';

/** A volume or a dynamic reservation that the agent has made and must find room for again. */
export interface CheckpointedResource {
  /** What it was made from: without the reservation and the volume. */
  readonly from: Resource;
  /** For people: `disk(lamp) reserved`. */
  readonly shown: string;
  /** Reserved more than once over, which only releases from 1.4.0 on understand. */
  readonly isRefined: boolean;
}

const FILE_SIZE_LIMIT = 16 * 1024 * 1024;

/**
 * Reads `meta/resources/resources.info`; [] when it is not there. What can not be decoded is left out: whether a
 * file can be read at all is for readStateFile() to say.
 * Source: src/slave/paths.cpp and src/common/resources_utils.cpp:42-82 of Mesos 0.28.1.
 */
export function checkpointedResources(host: Host, workDirectory: string): CheckpointedResource[] {
  const path = `${metaDirectory(workDirectory)}/resources/resources.info`;
  if (host.stat(path)?.type !== 'file') return [];
  const resources: CheckpointedResource[] = [];
  for (const { message } of frames(host.readFile(path, FILE_SIZE_LIMIT))) {
    if (message === undefined) break;
    const decoded = decodeMessage(message, checkpointed);
    if (!('kind' in decoded)) resources.push(decoded);
  }
  return resources;
}

function checkpointed(message: WireMessage): CheckpointedResource {
  const whole = resource(message);
  const reservations = message.messages(13);
  const isDynamic = message.message(8) !== undefined;
  // ReservationInfo: type = 4 (STATIC = 1), role = 3.
  const kept = reservations.find((reservation) => reservation.integer(4) === 1n);
  const role = reservations.length > 0 ? (kept?.text(3) ?? '*') : isDynamic ? '*' : whole.role;
  return {
    from: { ...whole, role, more: diskSource(message) },
    shown: resourceKey(whole),
    isRefined: reservations.length > 1,
  };
}
