import { EXPOSED } from '../../graph/parts/exposed-secrets.ts';
import { MODE } from '../../graph/parts/other-users.ts';
import type { GraphNode } from '../../documents/inspection.ts';
import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { octalMode } from '../../text/octal-mode.ts';

export const secretsCheck: GenericCheck = {
  id: 'secrets',
  title: 'No secret becomes readable for more people than today',
  explains:
    'Whoever may log in to a machine can read what Environment= sets (systemctl show), the command line of every process ' +
    '(ps), and each file whose mode says so. A password or token that stands in a protected file today and in one of these ' +
    'places tomorrow is given away, and so is a file that gets a wider mode than it had. A secret is told by the name of ' +
    'its variable or option, or by a URL with a password in it; names of files with secrets are none. The check is silent ' +
    'about what is exposed in the same way today, and about files that only their owner or group may read.',
  run(today, tomorrow) {
    const settings = [...tomorrow.nodes.values()].filter(({ attributes }) => EXPOSED in attributes);
    const files = [...tomorrow.nodes.values()].filter(({ attributes }) => MODE in attributes);
    return {
      examined: settings.length + files.length,
      findings: [
        ...settings.flatMap((node) => exposedAnew(node, today, tomorrow)),
        ...files.flatMap((node) => widened(node, today)),
      ],
    };
  },
};

function exposedAnew({ id, name, attributes }: GraphNode, today: Graph, tomorrow: Graph): GenericFinding[] {
  const how = attributes[EXPOSED] ?? '';
  if (today.nodes.get(id)?.attributes[EXPOSED] !== undefined) return [];
  return [
    {
      severity: 'warning',
      subject: name,
      reason: `It looks like a secret, and ${how}. Today it is not to be seen so.`,
      evidence: tomorrow
        .edgesTo(id)
        .filter(({ kind }) => kind === 'sets')
        .map(({ evidence }) => evidence),
      remedy:
        'Put it into a file of mode 0600 that EnvironmentFile= or the program itself reads, or use LoadCredential=.',
    },
  ];
}

/** A file that more people may read than today. */
function widened({ id, path, name, attributes }: GraphNode, today: Graph): GenericFinding[] {
  const before = Number.parseInt(today.nodes.get(id)?.attributes[MODE] ?? '777', 8);
  const after = Number.parseInt(attributes[MODE] ?? '0', 8);
  if ((after & ~before & 0o044) === 0) return [];
  return [
    {
      severity: 'warning',
      subject: path ?? name,
      reason: `It has the mode ${octalMode(after)} tomorrow and ${octalMode(before)} today: ${(after & ~before & 0o004) === 0 ? 'its group' : 'everybody'} may read it then.`,
      evidence: [{ how: `the modes of ${path ?? name}` }],
      remedy: `Write mode: "${octalMode(before)}" beside its path in the spec.`,
    },
  ];
}
