import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { isSecret } from '../../text/secret-names.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { octalMode } from '../../text/octal-mode.ts';

/** The attribute of a setting with a secret that others than the service's user can read: how. */
export const EXPOSED = 'exposed';

/**
 * Settings with a secret, where systemd, the process table or the mode of a file shows them to everybody. Never their values.
 * Source: systemd.exec(5), Environment=: "are not suitable for passing secrets"; proc(5), /proc/pid/cmdline.
 */
export function exposedSecretsPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (name: string, how: string): string => {
    const id = nodeId('setting', name);
    nodes.push({ id, kind: 'setting', name, exists: true, attributes: { [EXPOSED]: how } });
    return id;
  };
  // Who sets a variable is in the graph already.
  for (const [name, { layer, value }] of service.environment.effective) {
    if (!isSecret(name, value.toString())) continue;
    if (layer.kind === 'directive')
      add(name, 'Environment= sets it, which systemctl show prints to every user');
    if (layer.kind !== 'file') continue;
    const mode = ifReadable(() => host.stat(layer.path))?.mode ?? 0;
    if ((mode & 0o004) !== 0)
      add(name, `it stands in ${layer.path}, which everybody may read (${octalMode(mode)})`);
  }
  for (const { directive, words, place } of service.commands) {
    for (const option of secretOptions(words.map((word) => word.toString()))) {
      const to = add(`${directive} ${option}`, 'it is on the command line, which ps shows to every user');
      edges.push({ from: root, to, kind: 'sets', evidence: place });
    }
  }
  return { nodes, edges };
}

/** `--db-password=…`, `--token …`, a URL with a password in it. */
function secretOptions(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const [, option = '', attached] = /^(--?[a-z][\w.-]*)(?:=(.*))?$/is.exec(word) ?? [];
    if (option === '') return isSecret('', word) ? ['a URL with a password'] : [];
    const next = words[at + 1] ?? '';
    const value = attached ?? (next.startsWith('-') ? '' : next);
    return isSecret(option.replace(/^-+/, ''), value) ? [option] : [];
  });
}
