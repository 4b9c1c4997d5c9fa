import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { wordsOf } from '../../service/directives/kinds/words.ts';
import type { Place } from '../../text/place.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Files and directories that variables, arguments and bind mounts of the unit name by an absolute path. */
export function namedPathsPart({ host, service, properties }: Subject): Contribution {
  const parts: Contribution[] = [];
  for (const [name, variable] of service.environment.effective) {
    if (name === 'PATH' || variable.layer.kind === 'default' || variable.place === undefined) continue;
    parts.push(named(host, nodeId('setting', name), variable.value.toString(), variable.place));
  }
  for (const command of service.commands) {
    const root = nodeId('service', service.name);
    for (const word of command.words.slice(1)) parts.push(named(host, root, word.toString(), command.place));
  }
  for (const name of ['BindPaths', 'BindReadOnlyPaths']) {
    const { value = '', steps = [] } = properties.get(name) ?? {};
    for (const word of wordsOf(value)) {
      const line = (steps.findLast((step) => step.line.value.toString().includes(word)) ?? steps.at(-1))
        ?.line;
      if (line === undefined) continue;
      parts.push(named(host, nodeId('service', service.name), word.replace(/^-/, ''), line.place));
    }
  }
  return { nodes: parts.flatMap((part) => part.nodes), edges: parts.flatMap((part) => part.edges) };
}

function named(host: Host, from: string, text: string, evidence: Place): Contribution {
  const whole = wholePath(host, text);
  const nodes = (whole === undefined ? pathsIn(text) : [whole]).map((path): GraphNode => {
    const facts = host.stat(path);
    const kind = facts?.type === 'directory' || path.endsWith('/') ? 'directory' : 'file';
    return { id: nodeId(kind, path), kind, name: path, path, exists: facts !== undefined, attributes: {} };
  });
  return { nodes, edges: nodes.map((node): GraphEdge => ({ from, to: node.id, kind: 'names', evidence })) };
}

/** A word that is one path with blanks or the like in it, also behind an option: `--dir=/srv/two words`. */
function wholePath(host: Host, text: string): string | undefined {
  const path = /^(?:-{1,2}[A-Za-z][\w-]*=?)?(\/.*)$/s.exec(text)?.[1];
  if (path === undefined || path.length > LONGEST_PATH || !UNUSUAL.test(path)) return undefined;
  return ifReadable(() => host.lstat(path)) === undefined ? undefined : path;
}

const LONGEST_PATH = 4096;
const UNUSUAL = /[^\w.+@%~/-]/;

/** Absolute paths in a value: a whole word, a member of a `:` list, behind `=` or `file://`, glued to an option as in `-p/run/x.pid`, in quotes. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/(["'])(\/[^"'\n]{1,4095})\1/g)].filter(([, , path = '']) =>
    /\s/.test(path),
  );
  const rest = quoted.reduce((left, [part]) => left.replace(part, ' '), text);
  const found = [
    ...rest.matchAll(
      /(?:^-[A-Za-z]|^|[\s:=,"'])(?:file:\/\/)?(\/[\p{L}\p{M}\p{N}_.+@%~-]+(?:\/[\p{L}\p{M}\p{N}_.+@%~-]*)*)/gu,
    ),
  ].filter(({ 0: part, index }) => !GOES_ON.test(rest.slice(index + part.length, index + part.length + 2)));
  const all = [...found.map((match) => match[1] ?? ''), ...quoted.map((match) => match[2] ?? '')];
  return [...new Set(all)].filter((path) => path.length > 1 && !path.startsWith('//'));
}

/** Behind what looks like a path: a character that no text has and a name may, so that it is only the beginning of one. */
const GOES_ON = /^(?!\s)[\p{C}\uFFFD]/u;
