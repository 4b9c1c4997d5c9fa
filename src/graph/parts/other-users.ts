import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { shortName } from '../../formats/cxx-name/short-name.ts';
import { missingSymbols } from '../../formats/elf/loader/missing-symbols.ts';
import { HostError } from '../../host/host.ts';
import { hostServices } from '../../service/host-services.ts';
import { isMasked } from '../../service/is-masked.ts';
import type { LoadedProgram } from '../../service/service-start.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Files that a plan puts something else in the place of, for everybody on the machine. */
export interface Replaced {
  /** Of libraries, as the loader finds them: without links. */
  readonly libraries: readonly string[];
  readonly files: readonly string[];
}

export const NOTHING_REPLACED: Replaced = { libraries: [], files: [] };

/** The attribute of a file that everybody gets another version of. */
export const REPLACED = 'replaced for';
/** The attribute of a replaced file that an upgrade of its package puts its own version back over: why. */
export const LOST = 'lost at upgrades';
/** The attribute of a replaced file: its permissions, in octal. */
export const MODE = 'mode';
/** The attribute of a service beside: what its program would miss at its start, a part for each. */
export const MISSES = 'misses';
export const MISSES_SEPARATOR = '; ';

const MOST_MISSED = 100;
const MOST_TOLD = 3;

/**
 * Who else loads the libraries that are replaced for everybody: each service of the host is followed to its program, which
 * takes as long as it takes and is not done for a plan that replaces none. Who reads the files, the units tell.
 */
export function otherUsersPart(subject: Subject, { libraries, files }: Replaced): Contribution {
  const nodes: GraphNode[] = [
    ...libraries.map((path) => replacedNode('library', path, subject)),
    ...files
      .filter((path) => subject.host.stat(path) !== undefined)
      .map((path) => replacedNode('file', path, subject)),
  ];
  if (libraries.length === 0) return { nodes, edges: [] };
  const edges: GraphEdge[] = [];
  const unread: string[] = [];
  const paths = new Set(libraries);
  const seen = new Set<string>([subject.service.name]);
  for (const name of hostServices(subject.host).names) {
    try {
      if (isMasked(subject.host, name)) continue;
      const { service, start } = subject.beside(name);
      if (seen.has(service.name)) continue;
      seen.add(service.name);
      const { loaded } = start;
      const found = (loaded?.closure.objects ?? []).filter(({ realPath }) => paths.has(realPath));
      if (loaded === undefined || found.length === 0) continue;
      nodes.push(userNode(service.name, whatMisses(loaded)));
      edges.push(
        ...found.map(({ name: asked, realPath }): GraphEdge => {
          const how = `${loaded.closure.program.path} needs ${asked}`;
          return {
            from: nodeId('service', service.name),
            to: nodeId('library', realPath),
            kind: 'needs',
            evidence: { how },
          };
        }),
      );
    } catch (error) {
      if (!(error instanceof CouldNotRun || error instanceof HostError)) throw error;
      nodes.push(userNode(name, [error.message]));
      unread.push(`whether ${name} uses what is replaced: ${error.message}`);
    }
  }
  const more = unread.length - MOST_TOLD;
  return {
    nodes,
    edges,
    notExamined: [
      ...unread.slice(0, MOST_TOLD),
      ...(more > 0 ? [`whether ${more} more services use what is replaced`] : []),
      'who uses the libraries that are replaced and is no service of systemd, and who opens them while it runs',
    ],
  };
}

function replacedNode(kind: 'library' | 'file', path: string, subject: Subject): GraphNode {
  const name = kind === 'file' ? path : (path.split('/').at(-1) ?? path);
  const { survives, owner, purpose = 'replaced by every upgrade' } = subject.noteOn(path);
  const why = `${owner === undefined ? '' : `${owner}, `}${purpose}`;
  const mode = subject.host.stat(path)?.mode;
  const attributes = {
    [REPLACED]: 'everybody',
    ...(survives === false ? { [LOST]: why } : {}),
    ...(mode === undefined ? {} : { [MODE]: mode.toString(8) }),
  };
  return { id: nodeId(kind, path), kind, name, path, exists: true, attributes };
}

function userNode(name: string, misses: readonly string[]): GraphNode {
  const attributes = misses.length === 0 ? {} : { [MISSES]: misses.join(MISSES_SEPARATOR) };
  return { id: nodeId('service', name), kind: 'service', name, exists: true, attributes };
}

/** What its start, or its first call, would end at. */
function whatMisses({ closure, symbolsOf }: LoadedProgram): string[] {
  const { versions, symbols } = missingSymbols(closure.objects, closure.objects, closure.byName, symbolsOf);
  return [
    ...closure.missing.filter(({ fatal }) => fatal).map(({ name }) => `the library ${name}`),
    ...versions.map(({ version, library }) => `version ${version} of ${library.path}`),
    ...symbols.map(({ name, neededBy }) => `${shortName(name)}, which ${neededBy.path} needs`),
  ].slice(0, MOST_MISSED);
}
