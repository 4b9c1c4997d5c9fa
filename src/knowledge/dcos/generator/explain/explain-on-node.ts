import type { Host } from '../../../../host/host.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorArgument } from '../../../knowledge.ts';
import type { Generator } from '../generator.ts';
import { describeArgument } from './describe-argument.ts';
import { type Explained, type Explaining, explainPath } from './explain-path.ts';
import type { GeneratedFile } from './generated-file.ts';
import { hideSecrets } from './hide-secrets.ts';
import { likelyReason } from './likely-reason.ts';
import { otherVersion } from './other-version.ts';
import { type RecoveredConfig, type Recovering, recoverConfig } from './recover-config.ts';
import { secretArguments, secretValues } from './secret-arguments.ts';
import { whoseConfig } from './whose-config.ts';

/** A generator with all that its node tells of how it was run. */
export interface OnNode {
  readonly generator: Generator;
  /** Whether all of the operator's config is known. */
  readonly isConfigComplete: boolean;
  /** Where the operator's own is, as given with --config. */
  readonly configFile: string | undefined;
  /** The same generator with more of the operator's config, or with all of it, known. */
  withMore(config: ReadonlyMap<string, TracedText>, isComplete: boolean): Generator;
  /** What the node's cloud told of an argument when the cluster was launched. */
  late(name: string): TracedText | undefined;
  /** What the node recorded that an argument was. */
  recorded(name: string): TracedText | undefined;
}

/** Explains the files of one node; what is recovered from some of them explains others. */
export class NodeExplainer {
  readonly #host: Host;
  readonly #node: OnNode;
  readonly #explained = new Map<string, GeneratedFile | undefined>();
  /** By package, what its id says of the recovered config. */
  readonly #verdicts = new Map<string | undefined, readonly string[]>();
  #recovered: { readonly config: RecoveredConfig; readonly generator: Generator } | undefined;

  constructor(host: Host, node: OnNode) {
    this.#host = host;
    this.#node = node;
  }

  /** How a file was made; undefined for one that the generator doesn't make. */
  explain(path: string): GeneratedFile | undefined {
    const { generator } = this.#node;
    if (!this.#explained.has(path)) {
      this.#explained.set(
        path,
        generator.question(() => this.#explain(path)),
      );
    }
    return this.#explained.get(path);
  }

  #explain(path: string): GeneratedFile | undefined {
    const explained = explainPath(this.#host, path, this.#explaining(this.#node.generator));
    if (explained === undefined) return undefined;
    return this.#withLikely(this.#withRecovered(path, explained) ?? explained);
  }

  /** Whether the generator's config can set an argument, by all that is known once a file was explained. */
  argument(name: string): GeneratorArgument {
    const { generator, configFile } = this.#node;
    return generator.question(() =>
      describeArgument(this.#recovered?.generator ?? generator, name, configFile),
    );
  }

  /** Only a file with something open in it makes the others be read. */
  #withRecovered(path: string, explained: Explained): Explained | undefined {
    if (this.#node.isConfigComplete || isWhole(explained.file)) return undefined;
    const { config, generator } = this.#recover();
    if (config.values.size === 0) return undefined;
    const again = explainPath(this.#host, path, this.#explaining(generator));
    if (again === undefined || !isBetter(again.file, explained.file)) return undefined;
    const notes = [...config.conflicts, ...this.#verified(again.file.package, config)];
    return { ...again, file: { ...again.file, notes } };
  }

  #verified(packageId: string | undefined, { values }: RecoveredConfig): readonly string[] {
    const known = this.#verdicts.get(packageId);
    if (known !== undefined) return known;
    const said = whoseConfig(packageId, values, (name, config) =>
      this.#node.withMore(config, true).argument(name),
    );
    const verdict = said === undefined ? [] : [said];
    this.#verdicts.set(packageId, verdict);
    return verdict;
  }

  #recover(): { readonly config: RecoveredConfig; readonly generator: Generator } {
    if (this.#recovered === undefined) {
      const config = recoverConfig(this.#host, this.#recovering(this.#node.generator));
      this.#recovered = { config, generator: this.#node.withMore(config.values, false) };
    }
    return this.#recovered;
  }

  /** With what was told at launch in the place of what stands for it. */
  #explaining(generator: Generator): Explaining {
    return {
      template: (name) => generator.template(name),
      argument: (name) => {
        const argument = generator.argument(name);
        if (argument.kind !== 'value' || argument.isLate !== true) return argument;
        const text = this.#node.late(name);
        const { setter, settled } = argument;
        return text === undefined ? argument : { kind: 'value', text, setter, settled };
      },
    };
  }

  #recovering(generator: Generator): Recovering {
    return {
      ...this.#explaining(generator),
      settersOf: (name) => generator.settersOf(name),
      withMore: (config) => this.#recovering(this.#node.withMore(config, false)),
    };
  }

  #withLikely({ file, subject }: Explained): GeneratedFile {
    const { rerender } = file;
    if (rerender.kind !== 'different' || subject === undefined) return file;
    const { generator } = this.#node;
    const likely =
      otherVersion(this.#host, generator) ??
      likelyReason(this.#host, {
        toExplain: subject,
        rendered: file.content,
        lines: rerender,
        secrets: secretArguments(generator),
        sources: generator.sources,
        unknown: file.unknownArguments,
        recorded: (name) => this.#node.recorded(name),
      });
    return {
      ...file,
      masked: hideSecrets(rerender, secretValues(generator)),
      rerender: likely === undefined ? rerender : { ...rerender, likely },
    };
  }
}

function isWhole({ rerender, unknownArguments }: GeneratedFile): boolean {
  return rerender.kind === 'identical' && unknownArguments.length === 0;
}

function isBetter(one: GeneratedFile, other: GeneratedFile): boolean {
  const isIdentical = one.rerender.kind === 'identical';
  if (isIdentical !== (other.rerender.kind === 'identical')) return isIdentical;
  return isIdentical && one.unknownArguments.length <= other.unknownArguments.length;
}
