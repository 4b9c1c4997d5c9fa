import { textOfFile } from '../../../host/text-of-file.ts';
import { type Host, HostError } from '../../../host/host.ts';
import { ifReadable } from '../../../host/if-readable.ts';
import type { AgentInfo } from './agent-info.ts';
import { decodeAgentInfo } from './decode-agent-info.ts';

/** What an agent left in its work directory to find itself again. */
export type Checkpoint =
  /** The next start registers under a new id. `why` is the rule. */
  | { readonly kind: 'none'; readonly why: string }
  | {
      readonly kind: 'agent';
      readonly id: string;
      readonly file: string;
      readonly info: AgentInfo;
      /** The machine was started anew since the agent last recovered; undefined when this can not be told. */
      readonly rebooted: boolean | undefined;
    }
  /** The agent itself can not read it and does not start. */
  | { readonly kind: 'malformed'; readonly file: string; readonly reason: string }
  /** Not to be had here, say without the right to read it. */
  | { readonly kind: 'unknown'; readonly why: string };

const FILE_SIZE_LIMIT = 16 * 1024 * 1024;

/** Where an agent's state says which id it has. */
export function latestLink(workDirectory: string): string {
  return `${metaDirectory(workDirectory)}/slaves/latest`;
}

export function metaDirectory(workDirectory: string): string {
  return `${workDirectory.replace(/\/+$/, '')}/meta`;
}

/**
 * Reads `<work_dir>/meta/slaves/latest` and the `slave.info` it leads to.
 * Source: src/slave/paths.cpp and src/slave/state.cpp of Mesos 0.28.1 to 1.11.0.
 */
export function readCheckpoint(host: Host, workDirectory: string): Checkpoint {
  const latest = latestLink(workDirectory);
  try {
    if (host.lstat(latest) === undefined) return { kind: 'none', why: `${latest} is not there` };
    const directory = host.realPath(latest);
    if (directory === undefined) return { kind: 'malformed', file: latest, reason: 'it leads nowhere' };
    const file = `${directory}/slave.info`;
    if (host.stat(file) === undefined) return { kind: 'none', why: `${file} is not there` };
    const info = decodeAgentInfo(host.readFile(file, FILE_SIZE_LIMIT));
    if ('kind' in info) {
      return { kind: 'malformed', file, reason: `${info.reason} (at byte ${info.offset})` };
    }
    const id = info.id ?? directory.slice(directory.lastIndexOf('/') + 1);
    return { kind: 'agent', id, file, info, rebooted: hasRebooted(host, workDirectory) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { kind: 'unknown', why: error.message };
  }
}

function hasRebooted(host: Host, workDirectory: string): boolean | undefined {
  const then = textOfFile(host, `${metaDirectory(workDirectory)}/boot_id`, 4096)?.trim();
  // A root refuses what the kernel of the machine that looks at it says.
  const now = ifReadable(() => textOfFile(host, '/proc/sys/kernel/random/boot_id', 4096)?.trim());
  return then === undefined || now === undefined ? undefined : then !== now;
}
