import { CouldNotRun } from '../../../../documents/could-not-run.ts';
import type { Host } from '../../../../host/host.ts';
import { showPlace } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorGiven } from '../../../knowledge.ts';
import { hiddenArguments } from '../arguments/installer-defaults.ts';
import { type Generator, openGenerator } from '../generator.ts';
import { findGeneratorSources, type GeneratorSources, whyNoSources } from '../generator-sources.ts';
import { contradictions } from './contradictions.ts';
import { readLateValues } from './late-values.ts';
import { readNodeConfig } from './node-config.ts';
import { nodeInputs } from './node-inputs.ts';
import { argumentsOfConfig, type OperatorArguments } from './operator-arguments.ts';
import { readConfig } from './read-config.ts';
import { type RecordedArguments, readRecordedArguments } from './recorded-arguments.ts';
import { whyRefused } from './why-refused.ts';

/** The generator with all that a node, and who asks, tell of how it was run. */
export interface NodeGenerator {
  readonly kind: 'generator';
  readonly generator: Generator;
  /** Whether all of the operator's config is known, from --config or from what the node recorded. */
  readonly isConfigComplete: boolean;
  /** Of --config. */
  readonly configFile: string | undefined;
  /** Opens it again with more of the operator's config known than the node tells by itself, or with all of it. */
  withMore(config: ReadonlyMap<string, TracedText>, isComplete: boolean): Generator;
  /** What the node's cloud told of an argument when the cluster was launched. */
  late(name: string): TracedText | undefined;
  /** What the node recorded that an argument was. */
  recorded(name: string): TracedText | undefined;
  /** What is odd about any of these, for people; dear to find out, so asked for once something is explained. */
  notes(): readonly string[];
}

export type OpenedOnNode = NodeGenerator | { readonly kind: 'no-sources'; readonly reason: string };

const WHERE = 'the package dcos-image (/opt/mesosphere/active/dcos-image/lib/python3.*/site-packages/gen)';
const NEXT = 'give the directory of DC/OS, or its `gen`, of the version of the node: --sources DIR';

/** Throws `CouldNotRun` when what was asked for, --sources or --config, is not to be had. */
export function openOnNode(host: Host, { sources: given, config: asked }: GeneratorGiven): OpenedOnNode {
  const sources = findGeneratorSources(host, given);
  if (sources === undefined) {
    if (given === undefined) {
      const fault = whyNoSources(host);
      const why =
        fault === undefined ? `no generator found: ${WHERE} holds no calc.py` : `no generator read: ${fault}`;
      return { kind: 'no-sources', reason: `${why}; ${NEXT}` };
    }
    const { directory } = given;
    throw new CouldNotRun(`--sources ${directory} holds no generator of DC/OS`, {
      why: `there is neither ${directory}/calc.py nor ${directory}/gen/calc.py`,
      next: NEXT,
    });
  }
  const recorded = readRecordedArguments(host);
  const record = recorded !== undefined && 'values' in recorded ? recorded : undefined;
  const config = configOf(host, sources, asked);
  const known = config !== undefined && 'values' in config ? config : undefined;
  const faults = [
    ...(recorded !== undefined && 'fault' in recorded ? [recorded.fault] : []),
    ...(config !== undefined && 'note' in config ? [config.note] : []),
  ];
  const operator = known ?? { values: hiddenArguments(sources), notStrings: new Map(), isComplete: false };
  const { values, isComplete } = operator;
  const generator = opened(host, given, operator, record);
  let late: ReadonlyMap<string, TracedText> | undefined;
  let notes: readonly string[] | undefined;
  return {
    kind: 'generator',
    generator,
    isConfigComplete: isComplete,
    configFile: asked === undefined ? undefined : known?.file,
    withMore: (more, isAll) => generator.withArguments(new Map([...values, ...more]), isAll),
    late: (name) => {
      late ??= readLateValues(host);
      return late.get(name);
    },
    recorded: (name) => record?.values.get(name),
    notes: () => {
      notes ??= [
        ...faults,
        ...generator.faults.map(shownFault),
        ...(known?.notes ?? []),
        ...contradictions(values, record?.values ?? new Map(), generator.secrets()),
        ...(asked === undefined ? [] : whyRefused(generator, known?.file ?? asked.path)),
      ];
      return notes;
    },
  };
}

/** What is broken in the sources, with its line. */
function shownFault({ place, message, excerpt }: Generator['faults'][number]): string {
  const at = place === undefined ? '' : `${showPlace(place)}: `;
  return `${at}${message}${excerpt === undefined ? '' : `\n${excerpt}`}`;
}

function configOf(
  host: Host,
  sources: GeneratorSources,
  asked: GeneratorGiven['config'],
): ReturnType<typeof readNodeConfig> {
  if (asked === undefined) return readNodeConfig(host);
  const { environmentVariable } = nodeInputs(host, () => undefined);
  const bootstrapId = environmentVariable('BOOTSTRAP_ID') ?? undefined;
  return argumentsOfConfig(sources, readConfig(asked.host, asked.path), bootstrapId);
}

function opened(
  host: Host,
  sources: GeneratorGiven['sources'],
  config: Pick<OperatorArguments, 'values' | 'notStrings' | 'isComplete'>,
  record: RecordedArguments | undefined,
): Generator {
  const recorded = (name: string) => record?.values.get(name);
  const known = (name: string) => config.values.get(name) ?? recorded(name);
  const provider = known('provider')?.toString();
  const generator = openGenerator(host, {
    ...(sources === undefined ? {} : { sources }),
    userArguments: config.values,
    configComplete: config.isComplete,
    notStrings: config.notStrings,
    ...(provider === undefined ? {} : { provider }),
    recorded,
    inputs: nodeInputs(host, known),
  });
  if (generator === undefined)
    throw new CouldNotRun('the sources of the generator went away while being read');
  return generator;
}
