import type { GraphNode } from '../../documents/inspection.ts';
import type { ProcessRights } from '../../formats/proc-status/parse-status.ts';
import type { Host } from '../../host/host.ts';
import { capabilityNames, showCapabilities } from '../../service/capability-names.ts';
import { groupEntry } from '../../service/group-entry.ts';
import { passwdEntry } from '../../service/passwd-entry.ts';
import { type RunningProcesses, runningProcesses } from '../../service/running-processes.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { firstOf } from '../../text/first-of.ts';

/** What the service runs at this moment, and with which rights. */
export function observedProcessesPart({ host, service }: Subject, pids: readonly number[]): Contribution {
  const root = nodeId('service', service.name);
  const nodes = runningProcesses(host, pids).map((processes) => nodeOf(host, processes));
  const evidence = { how: 'its control group and /proc' };
  return { nodes, edges: nodes.map(({ id }) => ({ from: root, to: id, kind: 'runs', evidence })) };
}

const MOST_SHOWN = 5;

function nodeOf(host: Host, { program, rights, pids }: RunningProcesses): GraphNode {
  const [first] = pids;
  return {
    id: nodeId('process', String(first)),
    kind: 'process',
    name: `${pids.length === 1 ? 'process' : 'processes'} ${showPids(pids)}`,
    exists: true,
    attributes: { ...(program === undefined ? {} : { program }), ...rightsOf(host, rights) },
  };
}

/** `12`, `12, 13, 14, 15, 16 and 3 more` */
export function showPids(pids: readonly number[]): string {
  return firstOf(pids, MOST_SHOWN);
}

function rightsOf(host: Host, rights: ProcessRights): Readonly<Record<string, string>> {
  const { uid, gid, groups, effective, permitted, bounding, noNewPrivileges } = rights;
  const nameOf = (id: number): string => groupEntry(host, String(id))?.name ?? String(id);
  const [inForce, allowed] = [capabilityNames(effective), capabilityNames(permitted)];
  const others = groups.filter((group) => group !== gid).map(nameOf);
  return {
    user: passwdEntry(host, String(uid))?.name ?? String(uid),
    group: nameOf(gid),
    ...(others.length === 0 ? {} : { 'other groups': others.join(' ') }),
    capabilities: showCapabilities(inForce),
    ...(permitted === effective ? {} : { permitted: showCapabilities(allowed) }),
    'bounding set': showCapabilities(capabilityNames(bounding)),
    ...(noNewPrivileges ? { 'no new privileges': 'yes' } : {}),
  };
}
