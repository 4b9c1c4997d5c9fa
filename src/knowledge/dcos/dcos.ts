import type { Rerender } from '../../documents/trace.ts';
import type { Host } from '../../host/host.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';
import { TracedText } from '../../text/traced-text.ts';
import type { GeneratedFile, GeneratorGiven, Knowledge } from '../knowledge.ts';
import { openOnNode } from './generator/config/open-on-node.ts';
import { NodeExplainer } from './generator/explain/explain-on-node.ts';
import type { GeneratedFile as Explained } from './generator/explain/generated-file.ts';
import { mayBeGenerated } from './generator/explain/may-be-generated.ts';
import { DCOS_CHECKS, NodeExamination } from './node/node-examination.ts';
import { recogniseNode } from './node/recognise-node.ts';
import { noteOnDcosPath } from './note-on-path.ts';

/** DC/OS nodes: pkgpanda's packages, what the operator's files are for, and the generator that made the rest. */
export const dcos: Knowledge = {
  id: 'dcos',
  noteOn: noteOnDcosPath,
  examine(start) {
    const found = recogniseNode(start);
    return found === undefined ? undefined : new NodeExamination(start, found);
  },
  checks: DCOS_CHECKS,
  explainFile(host, path, given) {
    if (host.stat('/opt/mesosphere') === undefined) return undefined;
    const explaining = explainingOn(host, given);
    if (!explaining.mayBeGenerated(path)) return undefined;
    explaining.node ??= open(host, given);
    const { node } = explaining;
    if ('reason' in node) {
      return { path, content: TracedText.empty, rerender: { result: 'not-possible', reason: node.reason } };
    }
    const explained = node.explainer.explain(path);
    return explained === undefined ? undefined : describe(path, explained, node);
  },
};

interface Explaining {
  readonly mayBeGenerated: (path: string) => boolean;
  /** Evaluating the sources is the dear part: not before a file is asked for that they may make. */
  node: Node | undefined;
}

type Node =
  | { readonly explainer: NodeExplainer; notes(): readonly string[] }
  /** Why nothing can be explained on it. */
  | { readonly reason: string };

/** What is opened for a question stays open: for one host, and for what was given with it. */
const opened = new KeptPerHost<WeakMap<GeneratorGiven, Explaining>>();

function explainingOn(host: Host, given: GeneratorGiven): Explaining {
  const ofHost = opened.of(host, () => new WeakMap());
  const known = ofHost.get(given) ?? {
    mayBeGenerated: mayBeGenerated(host, given.sources),
    node: undefined,
  };
  ofHost.set(given, known);
  return known;
}

function open(host: Host, given: GeneratorGiven): Node {
  const node = openOnNode(host, given);
  if (node.kind === 'no-sources') return { reason: node.reason };
  return { explainer: new NodeExplainer(host, node), notes: () => node.notes() };
}

function describe(
  path: string,
  explained: Explained,
  node: Extract<Node, { explainer: unknown }>,
): GeneratedFile {
  const { content, template, rerender, masked } = explained;
  const notes = [...node.notes(), ...(explained.notes ?? [])];
  return {
    path,
    content,
    template,
    rerender: asDocument(rerender),
    ...(masked === undefined ? {} : { masked }),
    argument: (name) => node.explainer.argument(name),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function asDocument(rerender: Explained['rerender']): Rerender {
  switch (rerender.kind) {
    case 'identical': {
      const { takenFromFile, takenFromRecord } = rerender;
      return {
        result: 'identical',
        ...(rerender.by === 'bytes' ? {} : { by: rerender.by, why: rerender.why }),
        ...(takenFromFile === undefined ? {} : { takenFromFile: [...takenFromFile] }),
        ...(takenFromRecord === undefined ? {} : { takenFromRecord: [...takenFromRecord] }),
      };
    }
    case 'different': {
      const { line, column, expected, found, path, likely } = rerender;
      return {
        result: 'different',
        line,
        column,
        expected,
        found,
        ...(path === undefined ? {} : { path }),
        ...(likely === undefined ? {} : { likely }),
      };
    }
    case 'not-possible':
      return { result: 'not-possible', reason: rerender.reason };
  }
}
