import { fileRights, showFileCapabilities } from '../../service/file-rights.ts';
import { groupEntry } from '../../service/group-entry.ts';
import { passwdEntry } from '../../service/passwd-entry.ts';
import { secureStart } from '../../service/secure-start.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The rights that the file of the program gives whoever starts it, and what then becomes of its environment. */
export function fileRightsPart({ host, service, start: { command, launch } }: Subject): Contribution {
  const path = launch?.program;
  const rights = path === undefined ? undefined : fileRights(host, path);
  if (launch === undefined || path === undefined || rights === undefined) return { nodes: [], edges: [] };
  const { setUser, setGroup, capabilities, unknown } = rights;
  const start = secureStart(host, service, command, launch);
  const dropped = [...launch.environment.keys()].filter((name) => name.startsWith('LD_')).sort();
  const attributes = {
    ...(setUser === undefined
      ? {}
      : { 'set-user-ID': passwdEntry(host, String(setUser))?.name ?? String(setUser) }),
    ...(setGroup === undefined
      ? {}
      : { 'set-group-ID': groupEntry(host, String(setGroup))?.name ?? String(setGroup) }),
    ...(capabilities === undefined ? {} : { 'file capabilities': showFileCapabilities(capabilities) }),
    ...(start.kind === 'secure'
      ? { AT_SECURE: `${start.why}${dropped.length === 0 ? '' : `; ${dropped.join(', ')} ignored`}` }
      : {}),
  };
  const notExamined = unknown === undefined ? [] : [`file capabilities of its program: ${unknown}`];
  const node = {
    id: nodeId('program', path),
    kind: 'program',
    name: path,
    path,
    exists: true,
    attributes,
  } as const;
  return { nodes: Object.keys(attributes).length === 0 ? [] : [node], edges: [], notExamined };
}
