import { parseYaml } from '../../../../formats/yaml/parse-yaml.ts';
import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';
import { TracedText } from '../../../../text/traced-text.ts';

const LATE_CONFIG = '/etc/mesosphere/setup-flags/late-config.yaml';
const LARGEST_CONFIG = 1024 * 1024;

/**
 * The values that a node's cloud told when the cluster was launched, by argument, each an input from its place; the
 * node puts them into the files of its package dcos-provider-… itself (pkgpanda/actions.py, 1.9 and later).
 */
export function readLateValues(host: Host): ReadonlyMap<string, TracedText> {
  const text = ifReadable(() => new TextDecoder().decode(host.readFile(LATE_CONFIG, LARGEST_CONFIG)));
  if (text === undefined) return new Map();
  const parsed = parseYaml(TracedText.literal(text, { file: LATE_CONFIG, line: 1, column: 1 }));
  const root = parsed.kind === 'document' && parsed.root.kind === 'map' ? parsed.root : undefined;
  const bound = root?.entries.get('bound_values');
  if (bound?.kind !== 'map') return new Map();
  return new Map(
    [...bound.entries].flatMap(([name, node]) =>
      node.kind === 'scalar' ? [[name, asInput(node.text, name)] as const] : [],
    ),
  );
}

function asInput(text: TracedText, name: string): TracedText {
  return TracedText.of(
    text.slices.map((slice) => {
      const { place } = slice.origin;
      const at = place ?? { file: LATE_CONFIG, line: 1, column: 1 };
      return { ...slice, origin: { kind: 'input', name, place: at } };
    }),
  );
}
