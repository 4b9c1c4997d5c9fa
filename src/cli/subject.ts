import { resolve } from 'node:path';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { KnownHost, type KnownHostOptions } from '../graph/known-host.ts';
import { Subject } from '../graph/subject.ts';
import type { Host } from '../host/host.ts';
import { liveHost } from '../host/rooted-host.ts';
import { managerEnvironment } from '../host/systemd-says.ts';
import { allKnowledge } from '../knowledge/all-knowledge.ts';
import { refuseMissingFiles } from '../service/service.ts';

export interface SubjectFlags {
  readonly root?: string | undefined;
  readonly sources?: string | undefined;
  readonly config?: string | undefined;
}

type AskedOfManager = Pick<KnownHostOptions, 'managerEnvironment'>;

/** The host with all knowledge there is, and what the command line adds to it. */
export function knownHostOf(host: Host, flags: SubjectFlags, asked: AskedOfManager = {}): KnownHost {
  const sources =
    flags.sources === undefined ? undefined : { host: liveHost(), directory: resolve(flags.sources) };
  const config = flags.config === undefined ? undefined : { host: liveHost(), path: resolve(flags.config) };
  if (sources !== undefined && sources.host.stat(sources.directory)?.type !== 'directory') {
    throw new CouldNotRun(`--sources ${flags.sources} is not a directory`);
  }
  if (config !== undefined && config.host.stat(config.path)?.type !== 'file') {
    throw new CouldNotRun(`--config ${flags.config} is not a file`);
  }
  return new KnownHost(host, { knowledge: allKnowledge, sources, config, ...asked });
}

/** The service that the command line asks about, whether or not systemd could start it as it is. */
export function subjectOf(host: Host, service: string, flags: SubjectFlags): Subject {
  return new Subject(host, service, knownHostOf(host, flags));
}

/** As `subjectOf`, with the environment that the manager has now, where the host is this machine: `systemctl` is asked. */
export function runningSubjectOf(host: Host, service: string, flags: SubjectFlags): Subject {
  const asked =
    host.kind === 'live' ? { managerEnvironment: managerEnvironment() ?? ('unknown' as const) } : {};
  return new Subject(host, service, knownHostOf(host, flags, asked));
}

/** As `subjectOf`, for a verb that changes it or foresees a change: throws `CouldNotRun` where systemd could not start it. */
export function startableSubjectOf(host: Host, service: string, flags: SubjectFlags): Subject {
  const subject = subjectOf(host, service, flags);
  refuseMissingFiles(subject.host, subject.service);
  return subject;
}
