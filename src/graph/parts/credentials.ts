import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { showCapabilities } from '../../service/capability-names.ts';
import { groupEntry, groupsWithMember } from '../../service/group-entry.ts';
import { passwdEntry } from '../../service/passwd-entry.ts';
import { unlistedAccount } from '../../service/unlisted-account.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

type Evidence = GraphEdge['evidence'];

/** The user, the groups and the capabilities that systemd gives the service's processes. Source: systemd.exec(5). */
export function credentialsPart(subject: Subject): Contribution {
  const parts = [userPart(subject), groupsPart(subject), capabilitiesPart(subject)].flat();
  const root = nodeId('service', subject.service.name);
  return {
    nodes: parts.map(({ node }) => node),
    edges: parts.map(({ node, label, evidence }) => ({
      from: root,
      to: node.id,
      kind: 'runs-as',
      ...(label === undefined ? {} : { label }),
      evidence,
    })),
  };
}

interface Part {
  readonly node: GraphNode;
  readonly label?: string | undefined;
  readonly evidence: Evidence;
}

function userPart(subject: Subject): Part[] {
  const { host } = subject;
  const { value, evidence, unknown } = property(subject, 'User');
  const isDynamic = property(subject, 'DynamicUser').value === 'yes';
  if (unknown !== undefined) return [part('user', unknown, null, {}, 'User', evidence)];
  const name = value ?? 'root';
  const entry = passwdEntry(host, name);
  const label = 'User';
  if (entry !== undefined)
    return [part('user', entry.name, true, { uid: String(entry.uid) }, label, evidence)];
  if (isDynamic) {
    const attributes = { uid: 'given by systemd at each start (DynamicUser)' };
    return [part('user', name, null, attributes, 'DynamicUser', property(subject, 'DynamicUser').evidence)];
  }
  if (isNumber(name)) return [part('user', name, null, { uid: name }, label, evidence)];
  return [part('user', name, ...notFound(subject, 'passwd'), label, evidence)];
}

function groupsPart(subject: Subject): Part[] {
  const { host } = subject;
  const user = property(subject, 'User').value ?? 'root';
  const own = property(subject, 'Group');
  const dynamic = property(subject, 'DynamicUser');
  const primary = passwdEntry(host, user);
  const parts: Part[] = [];
  if (own.value !== undefined) {
    const isGiven = own.evidence !== undefined || dynamic.value !== 'yes';
    const [label, { evidence }] = isGiven ? ['Group', own] : ['DynamicUser', dynamic];
    parts.push(group(subject, own.value, label, evidence));
  } else if (primary !== undefined && primary.uid !== 0) {
    const how = `no Group=: the primary group of ${primary.name}`;
    parts.push(group(subject, String(primary.gid), undefined, { how }));
  }
  for (const name of words(property(subject, 'SupplementaryGroups').value)) {
    const { evidence } = property(subject, 'SupplementaryGroups', name);
    parts.push(group(subject, name, 'SupplementaryGroups', evidence));
  }
  // Only with User= does systemd call initgroups(3).
  if (property(subject, 'User').value === undefined || primary === undefined) return parts;
  for (const { name, gid, place } of groupsWithMember(host, primary.name)) {
    parts.push(part('group', name, true, { gid: String(gid) }, undefined, place));
  }
  return parts;
}

function group(
  subject: Subject,
  asked: string,
  label: string | undefined,
  evidence: Evidence | undefined,
): Part {
  const entry = groupEntry(subject.host, asked);
  if (entry !== undefined)
    return part('group', entry.name, true, { gid: String(entry.gid) }, label, evidence);
  if (property(subject, 'DynamicUser').value === 'yes' && label !== 'SupplementaryGroups')
    return part(
      'group',
      asked,
      null,
      { gid: 'given by systemd at each start (DynamicUser)' },
      label,
      evidence,
    );
  if (isNumber(asked)) return part('group', asked, null, { gid: asked }, label, evidence);
  return part('group', asked, ...notFound(subject, 'group'), label, evidence);
}

/** The sets that lines of the unit change; what it leaves alone is not worth a word. */
function capabilitiesPart(subject: Subject): Part[] {
  return CAPABILITY_SETS.flatMap(({ directive, name }) => {
    const { value, evidence, rule } = property(subject, directive);
    if (evidence === undefined && rule === undefined) return [];
    const attributes = { capabilities: showCapabilities(words(value)) };
    if (evidence === undefined)
      return [part('capabilities', name, true, attributes, undefined, { how: rule ?? '' })];
    return [part('capabilities', name, true, attributes, directive, evidence)];
  });
}

const CAPABILITY_SETS = [
  { directive: 'CapabilityBoundingSet', name: 'capability bounding set' },
  { directive: 'AmbientCapabilities', name: 'ambient capabilities' },
];

function part(
  kind: 'user' | 'group' | 'capabilities',
  name: string,
  exists: boolean | null,
  attributes: Readonly<Record<string, string>>,
  label: string | undefined,
  evidence: Evidence | undefined,
): Part {
  const node = { id: nodeId(kind, name), kind, name, exists, attributes };
  if (evidence === undefined) return { node, evidence: { how: `no ${label ?? ''}=: systemd's own default` } };
  return { node, label, evidence };
}

/** A name that another source of accounts than the files may know does not count as absent. */
function notFound(
  { host }: Subject,
  database: 'passwd' | 'group',
): [boolean | null, Readonly<Record<string, string>>] {
  return unlistedAccount(host, database);
}

/** The value of a directive, and the last line that says it; of a list the line that has `word`. */
function property(subject: Subject, name: string, word?: string) {
  const found = subject.properties.get(name);
  const lines = (found?.steps ?? []).filter(
    ({ assigned, line }) =>
      (assigned.operation === 'set' || assigned.operation === 'append') &&
      (word === undefined || words(line.value.toString()).includes(word)),
  );
  const isDefault = found?.rule === "systemd's own default";
  return {
    value: found?.value,
    unknown: found?.unknown,
    evidence: lines.at(-1)?.line.place,
    rule: isDefault ? undefined : found?.rule,
  };
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
