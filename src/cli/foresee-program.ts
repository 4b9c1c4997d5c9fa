import { posix } from 'node:path';
import { buildGraph } from '../graph/build-graph.ts';
import type { Host } from '../host/host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Graph } from '../graph/graph.ts';
import { mainCommand } from '../service/service.ts';
import { dropInPath } from '../service/drop-in-path.ts';
import { isArchiveName } from './is-archive-name.ts';
import { type SubjectFlags, startableSubjectOf } from './subject.ts';
import { shellWord } from '../text/shell-word.ts';

/**
 * The service of today, and of a tomorrow in which another program runs with the arguments of today: what
 * `check SERVICE --with PROGRAM` compares. Nothing else is thought to change, and no plan is made.
 */
export function foreseeProgram(
  host: Host,
  serviceName: string,
  path: string,
  flags: SubjectFlags,
): { today: Graph; tomorrow: Graph } {
  const program = host.kind === 'live' ? posix.resolve(path) : path;
  const type = host.stat(program)?.type;
  if (type === undefined) throw new CouldNotRun(`--with ${path}: there is no such file or directory`);
  if (type === 'directory' || isArchiveName(program)) {
    const what = type === 'directory' ? 'a directory' : 'an archive';
    throw new CouldNotRun(`--with ${path} is ${what}: what shall be started in it?`, {
      next: `cutover check ${shellWord(serviceName)} --with ${shellWord(path)} --run bin/PROGRAM`,
    });
  }
  const subject = startableSubjectOf(host, serviceName, flags);
  const command = mainCommand(subject.service);
  if (command === undefined)
    throw new CouldNotRun(`${subject.service.name} has no ExecStart=, so no program to replace`);
  // As written: variables and specifiers are put in again where the line is read.
  const written = subject.service.unit.assignments.findLast(
    ({ key, value }) => key === 'ExecStart' && value.length > 0,
  );
  const rest = /^\S+(.*)$/s.exec(written?.value.toString() ?? '')?.[1] ?? '';
  const content = `[Service]\nExecStart=\nExecStart=${command.prefixes}${program}${rest}\n`;
  const entry = { type: 'file', content, mode: 0o644, uid: 0, gid: 0 } as const;
  const tomorrow = new PlannedHost(host, {
    entries: new Map([[dropInPath(subject.service.name), entry]]),
    trees: [],
  });
  return {
    today: buildGraph(subject),
    tomorrow: buildGraph(startableSubjectOf(tomorrow, serviceName, flags)),
  };
}
