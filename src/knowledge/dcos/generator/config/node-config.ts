import { CouldNotRun } from '../../../../documents/could-not-run.ts';
import { type Host, HostError } from '../../../../host/host.ts';
import { type OperatorArguments, recordedByNode } from './operator-arguments.ts';
import { parseConfig } from './read-config.ts';

const LARGEST_CONFIG = 1024 * 1024;
/** The first holds secrets too and only root reads it; the other is all that 1.8 has. */
const FILES = ['/opt/mesosphere/etc/user.config.full.yaml', '/opt/mesosphere/etc/user.config.yaml'];

/**
 * What the operator gave the generator, as the generator wrote it down on the node (1.8 and later). Undefined on a
 * node without it; a note where it is there and can't be used.
 */
export function readNodeConfig(host: Host): OperatorArguments | { readonly note: string } | undefined {
  let note: string | undefined;
  for (const file of FILES) {
    try {
      const text = new TextDecoder().decode(host.readFile(file, LARGEST_CONFIG));
      return recordedByNode(parseConfig(file, text));
    } catch (error) {
      if (!(error instanceof HostError || error instanceof CouldNotRun)) throw error;
      if (!(error instanceof HostError && error.reason === 'absent')) note ??= error.message;
    }
  }
  return note === undefined ? undefined : { note };
}
