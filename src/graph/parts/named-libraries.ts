import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { NamedLibraries, NamedLibrary } from '../../service/named-library.ts';
import { nssModules } from '../../service/nss-modules.ts';
import { loadProgram } from '../../service/load-program.ts';
import { PLAIN_START } from '../../service/loader-settings.ts';
import { pamModules, sessionModules } from '../../service/pam-modules.ts';
import { showPlace } from '../../text/place.ts';
import { type Contribution, joined, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Libraries that the machine's own configuration has any program load: modules of the name service switch and of PAM. */
export function namedLibrariesPart(subject: Subject): Contribution {
  const { start, service } = subject;
  const root = nodeId('service', service.name);
  const path = start.loaded?.closure.program.path;
  const program = path === undefined ? root : nodeId('program', path);
  return joined([
    contributed(root, program, nssModules(start)),
    contributed(root, program, pamModules(start)),
    contributed(root, root, ofSession(subject)),
  ]);
}

const SYSTEMD = '/usr/lib/systemd/systemd';

/** systemd opens the session before it enters the service's mount namespace. */
function ofSession({ host, properties }: Subject): NamedLibraries {
  const name = properties.get('PAMName');
  const line = name?.steps.at(-1)?.line;
  if (name?.value === undefined || line === undefined) return { libraries: [], files: [], notExamined: [] };
  const how = `PAMName=${name.value} at ${showPlace(line.place)}`;
  const systemd = host.stat(SYSTEMD) === undefined ? undefined : loadProgram(host, SYSTEMD, PLAIN_START, []);
  return sessionModules(host, systemd, name.value, how);
}

function contributed(
  root: string,
  from: string,
  { libraries, files, notExamined }: NamedLibraries,
): Contribution {
  const parts = [
    ...libraries.map((named) => ofLibrary(from, named)),
    ...files.map(({ path, how }): Contribution => {
      const to = nodeId('file', path);
      const node: GraphNode = { id: to, kind: 'file', name: path, path, exists: true, attributes: {} };
      return { nodes: [node], edges: [{ from: root, to, kind: 'configured-by', evidence: { how } }] };
    }),
  ];
  return { ...joined(parts), notExamined };
}

function ofLibrary(
  from: string,
  { file, purpose, place, askedBy, otherwise, mayBeAbsent, library }: NamedLibrary,
): Contribution {
  const path =
    library.kind === 'found' ? library.object.path : library.kind === 'unusable' ? library.path : file;
  const id = nodeId('module-library', path);
  const absence = mayBeAbsent === true ? undefined : 'not there';
  const fault = library.kind === 'found' ? undefined : library.kind === 'unusable' ? library.reason : absence;
  const node: GraphNode = {
    id,
    kind: 'module-library',
    name: path,
    ...(path.startsWith('/') ? { path } : {}),
    exists: library.kind !== 'absent',
    attributes: { 'asked by': askedBy, ...(fault === undefined ? {} : { fault: `${fault}: ${otherwise}` }) },
  };
  const edge: GraphEdge = { from, to: id, kind: 'loads', label: purpose, evidence: place };
  const brings = (library.kind === 'found' ? library.brings : []).map((object): Contribution => {
    const to = nodeId('library', object.path);
    const how = `${object.requestedBy?.path ?? path} needs ${object.name}`;
    return {
      nodes: [
        { id: to, kind: 'library', name: object.name, path: object.path, exists: true, attributes: {} },
      ],
      edges: [{ from: id, to, kind: 'needs', evidence: { how } }],
    };
  });
  const lacks = (library.kind === 'found' ? library.missing : []).map(
    ({ name, requestedBy }): Contribution => {
      const to = nodeId('library', name);
      return {
        nodes: [{ id: to, kind: 'library', name, exists: false, attributes: {} }],
        edges: [
          { from: id, to, kind: 'needs', evidence: { how: `${requestedBy.path} needs ${name}; not found` } },
        ],
      };
    },
  );
  return joined([{ nodes: [node], edges: [edge] }, ...brings, ...lacks]);
}
