import type { YamlNode } from '../../../../formats/yaml/parse-yaml.ts';
import type { Origin } from '../../../../text/origin.ts';
import { showPlace } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { configArguments } from '../arguments/config-arguments.ts';
import { withInstallerDefaults } from '../arguments/installer-defaults.ts';
import { pyValueOfYaml } from '../arguments/yaml-to-python.ts';
import type { GeneratorSources } from '../generator-sources.ts';
import type { Config } from './read-config.ts';

/** What the operator gave the generator, as the generator gets it. */
export interface OperatorArguments {
  readonly file: string;
  /** By name; each an input from its place in the file. */
  readonly values: ReadonlyMap<string, TracedText>;
  /** What 1.7's installer hands on as it is, though no text: by name, as Python shows it. */
  readonly notStrings: ReadonlyMap<string, string>;
  /** False where the file hides some of them. */
  readonly isComplete: boolean;
  /** For people. */
  readonly notes: readonly string[];
}

/**
 * A config.yaml made strings of as the installer of these sources does, with what it adds to it; `bootstrapId` is
 * what it had in its environment.
 */
export function argumentsOfConfig(
  sources: GeneratorSources,
  config: Config,
  bootstrapId: TracedText | undefined,
): OperatorArguments {
  const { file, root, notes } = config;
  const made = configArguments(sources, withInstallerDefaults(sources, pyValueOfYaml(root), bootstrapId));
  if (made.kind === 'crash') {
    const at = made.at === undefined ? '' : ` (${showPlace(made.at)})`;
    const said = made.message === '' ? '' : `: ${made.message}`;
    const refused = `the installer stops at this config: ${made.exception}${said}${at}`;
    return { file, values: new Map(), notStrings: new Map(), isComplete: false, notes: [...notes, refused] };
  }
  const values = new Map(
    [...made.userArguments].map(([name, text]) => [name, asInputs(text, name, config)] as const),
  );
  return { file, values, notStrings: made.notStrings, isComplete: true, notes };
}

/** The mask that the generator writes for a secret (gen/__init__.py from 1.9 on). */
const HIDDEN = '**HIDDEN**';

/** The file user.config.yaml of a node, whose values are strings already. */
export function recordedByNode(config: Config): OperatorArguments {
  const entries = [...config.root.entries].flatMap(([name, node]) => {
    const text = scalarOf(node);
    return text === undefined || text.toString() === HIDDEN
      ? []
      : [[name, asInputs(text, name, config)] as const];
  });
  const isComplete = entries.length === config.root.entries.size;
  return {
    file: config.file,
    values: new Map(entries),
    notStrings: new Map(),
    isComplete,
    notes: config.notes,
  };
}

function scalarOf(node: YamlNode): TracedText | undefined {
  return node.kind === 'scalar' ? node.text : undefined;
}

/** What stands in the config is an input from there; what the installer added to it keeps its origin. */
function asInputs(text: TracedText, name: string, { file, keys }: Config): TracedText {
  return TracedText.of(
    text.slices.map((slice) => {
      const { origin } = slice;
      const place = origin.place?.file === file ? origin.place : keys.get(name);
      if (place === undefined || origin.kind === 'derived') return slice;
      const input: Origin = { kind: 'input', name, place };
      return { ...slice, origin: input };
    }),
  );
}
