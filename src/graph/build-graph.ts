import { serviceProcesses } from '../host/service-processes.ts';
import { type Contribution, Graph } from './graph.ts';
import { accountsPart } from './parts/accounts.ts';
import { credentialsPart } from './parts/credentials.ts';
import { environmentPart } from './parts/environment.ts';
import { execRightsPart } from './parts/exec-rights.ts';
import { exposedSecretsPart } from './parts/exposed-secrets.ts';
import { fileRightsPart } from './parts/file-rights.ts';
import { launchPart } from './parts/launch.ts';
import { librariesPart } from './parts/libraries.ts';
import { mappedFilesPart } from './parts/mapped-files.ts';
import { mentionsPart } from './parts/mentions.ts';
import { namedAddressesPart } from './parts/named-addresses.ts';
import { namedFilesPart } from './parts/named-files.ts';
import { namedLibrariesPart } from './parts/named-libraries.ts';
import { namedPathsPart } from './parts/named-paths.ts';
import { namedProgramsPart } from './parts/named-programs.ts';
import { observedProcessesPart } from './parts/observed-processes.ts';
import { observedSocketsPart } from './parts/observed-sockets.ts';
import { NOTHING_REPLACED, otherUsersPart, type Replaced } from './parts/other-users.ts';
import { ownersPart } from './parts/owners.ts';
import { pidFilePart } from './parts/pid-file.ts';
import { portHoldersPart } from './parts/port-holders.ts';
import { referrersPart } from './parts/referrers.ts';
import { relatedUnitsPart } from './parts/related-units.ts';
import { socketsPart } from './parts/sockets.ts';
import { sizesPart } from './parts/sizes.ts';
import { staleFilesPart } from './parts/stale-files.ts';
import { stateDirectoriesPart } from './parts/state-directories.ts';
import { unitPart } from './parts/unit.ts';
import { wayProgramsPart } from './parts/way-programs.ts';
import { writeAccessPart } from './parts/write-access.ts';
import { mappedFiles } from '../service/mapped-files.ts';
import type { Subject } from './subject.ts';

/**
 * Reads everything there is to read about a service, and puts it into one graph; with who else uses the files that are
 * `replaced` for everybody.
 */
export function buildGraph(subject: Subject, replaced: Replaced = NOTHING_REPLACED): Graph {
  const { examinations, host, service } = subject;
  const found = [
    ...ownParts(subject),
    staleFilesPart(subject, mappedFiles(host, serviceProcesses(host, service.name))),
  ];
  const parts = [
    ...found,
    writeAccessPart(subject, found),
    portHoldersPart(subject, found),
    otherUsersPart(subject, replaced),
    exposedSecretsPart(subject),
  ];
  const own = [...parts, referrersPart(subject, parts)];
  return new Graph(subject.start, examinations, [...own, ownersPart(subject, own), openEnds(subject)]);
}

/**
 * The same with what is asked of a service alone, and not of the one that shall take its place: how much it keeps, what runs.
 * Throws the `CouldNotRun` of a program, a library or a configuration that is damaged: half a graph is no answer.
 */
export function buildWholeGraph(subject: Subject): Graph {
  const { examinations } = subject;
  for (const { refusal } of [subject.start, ...examinations.values()]) {
    if (refusal !== undefined) throw refusal;
  }
  const { host, service } = subject;
  const declared = ownParts(subject);
  const pids = serviceProcesses(host, service.name);
  const mapped = mappedFiles(host, pids);
  const observed = [
    observedProcessesPart(subject, pids),
    observedSocketsPart(subject, pids, declared),
    staleFilesPart(subject, mapped),
    fileRightsPart(subject),
  ];
  const parts = [...declared, ...observed];
  const named = [...parts, referrersPart(subject, parts)];
  // What the machine's own configuration has loaded, every service has: who else refers to it is not asked.
  const own = [...named, mentionsPart(subject, named), namedLibrariesPart(subject)];
  const whole = [...own, mappedFilesPart(subject, mapped, own), execRightsPart(subject, own)];
  const all = [...whole, ownersPart(subject, whole), sizesPart(subject, parts), openEnds(subject, pids)];
  return new Graph(subject.start, examinations, all);
}

/**
 * The same without who refers to the service, and which packages its files belong to: what it leads to itself. Throws the
 * `CouldNotRun` of a program or a library that is damaged.
 */
export function buildOwnGraph(subject: Subject): Graph {
  if (subject.start.refusal !== undefined) throw subject.start.refusal;
  const parts = [...ownParts(subject), namedLibrariesPart(subject)];
  return new Graph(subject.start, subject.examinations, parts);
}

function ownParts(subject: Subject): Contribution[] {
  const parts = [
    unitPart(subject),
    relatedUnitsPart(subject),
    credentialsPart(subject),
    stateDirectoriesPart(subject),
    socketsPart(subject),
    environmentPart(subject),
    launchPart(subject),
    wayProgramsPart(subject),
    librariesPart(subject),
    ...subject.examinations.values(),
    namedProgramsPart(subject, [...subject.examinations.values()]),
    namedFilesPart(subject),
    namedPathsPart(subject),
    namedAddressesPart(subject),
    pidFilePart(subject),
  ];
  return [...parts, accountsPart(subject, parts)];
}

function openEnds(
  subject: Subject,
  pids: readonly number[] = [],
): { nodes: []; edges: []; notExamined: readonly string[] } {
  const notExamined = [
    ...subject.start.notExamined,
    ...subject.service.environment.unresolvedSpecifiers.map(
      (text) => `specifier ${text}: known to the running system alone`,
    ),
    ...passedOn(subject),
    ...(subject.isManagerSilent
      ? ['what systemctl set-environment has given the manager: no systemd answers here']
      : []),
    otherConfiguration(subject),
    pids.length === 0
      ? 'libraries that a program opens by itself while it runs, unless a configuration above names them'
      : 'libraries that a program opens by itself while it runs, unless a configuration above names them or a process has them mapped now',
  ];
  return { nodes: [], edges: [], notExamined };
}

/** Values that systemd got when it was started itself, which it tells nobody. */
function passedOn({ service: { environment } }: Subject): string[] {
  return environment.layers.flatMap((layer) => {
    if (layer.kind !== 'pass' || layer.resetBy !== undefined) return [];
    const names = layer.names.filter((name) => {
      const found = environment.effective.get(name);
      return found === undefined || found.layer.kind === 'default';
    });
    return names.map((name) => `PassEnvironment=${name}: whether systemd itself was started with it`);
  });
}

function otherConfiguration({ readsConfigurationOf: names }: Subject): string {
  const first = names.slice(0, -1).join(', ');
  const read = `${first}${first === '' ? '' : ' and '}${names.at(-1)}`;
  const what = names.length === 0 ? '' : ` (the configuration of ${read} is read)`;
  return `configuration files other than those named above: their content is not read${what}`;
}
