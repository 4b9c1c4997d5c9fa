import { parseTemplate } from '../../../formats/dcos-template/parse-template.ts';
import type { Rendered } from '../../../formats/dcos-template/render-template.ts';
import type { Template, TemplateFault } from '../../../formats/dcos-template/template.ts';
import type { Host } from '../../../host/host.ts';
import { TracedText } from '../../../text/traced-text.ts';
import type { Argument } from './arguments/argument.ts';
import { type EvaluatedEntries, evaluateEntries } from './arguments/evaluate-entries.ts';
import { Resolution } from './arguments/resolution.ts';
import type { Setter } from './arguments/setter.ts';
import type { Verdict } from './arguments/verdict.ts';
import { explainPath } from './explain/explain-path.ts';
import type { GeneratedFile } from './explain/generated-file.ts';
import { type GeneratedPackages, generatedPackages } from './files/generated-packages.ts';
import { mergeDocuments } from './files/merge-documents.ts';
import { packageFiles } from './files/package-files.ts';
import { renderRaw } from './files/render-raw.ts';
import { type RenderedYaml, renderYaml } from './files/render-yaml.ts';
import type { RenderedFiles } from './files/rendered-files.ts';
import {
  findGeneratorSources,
  type GeneratorSources,
  readBeside,
  readSource,
  type SourceFault,
  whyUnreadable,
} from './generator-sources.ts';
import { Rules } from './rules/read-rules.ts';
import type { MachineInputs } from './arguments/evaluation-inputs.ts';

/** The operator's config as the generator gets it, by argument. */
export type UserArguments = ReadonlyMap<string, TracedText> | Readonly<Record<string, string>>;

export interface GeneratorOptions {
  /** A directory `gen`, or one that holds it, for sources that are not on the node itself. */
  readonly sources?: { readonly host: Host; readonly directory: string };
  /** The operator's config, each value as a text. Left out: not known. */
  readonly userArguments?: UserArguments;
  /** Values that the installer hands on though they are no texts (1.7), as `str()` shows them. */
  readonly notStrings?: ReadonlyMap<string, string>;
  /** Whether `userArguments` are all of the config (the default where they are given). */
  readonly configComplete?: boolean;
  /** Where the cluster is installed, from 1.9 on: `onprem` (the default), `aws` or `azure`. */
  readonly provider?: string;
  /** What the node itself recorded that an argument was. */
  readonly recorded?: (name: string) => TracedText | undefined;
  /** What the generator's own machine had: its environment, files, output of commands. */
  readonly inputs?: MachineInputs;
}

/** The generator of DC/OS, read from its sources: it re-renders the files that it once made for a node. */
export interface Generator {
  readonly sources: GeneratorSources;
  /** Its templates, in its order, by their path below `gen`. */
  readonly templates: readonly string[];
  /** What of the sources could not be followed. */
  readonly faults: readonly SourceFault[];
  /** An argument by the rules of the generator, its validators not asked. */
  argument(name: string): Argument;
  /** All setters of an argument, those included whose conditions don't hold. */
  settersOf(name: string): readonly Setter[];
  /** Arguments that the generator itself counts among its secrets. */
  secrets(): ReadonlySet<string>;
  /** The arguments that the templates need, each case's only when its switch takes it; and all those needed for them. */
  neededArguments(): ReadonlyMap<string, Argument>;
  /** What the generator says to the operator's config, all validators asked. */
  resolve(): Verdict;
  template(name: string): Template | TemplateFault | undefined;
  /** A template as rendered, before it is taken for YAML. */
  rawRendering(template: string): Rendered;
  /** What a rendered template says, merged with those that add to it. */
  renderedDocument(template: string): RenderedYaml;
  /** The files that a template says; for a generator whose operator's config is known. */
  renderedFiles(template: string): RenderedFiles;
  /** All files that it makes, by package. */
  packages(): GeneratedPackages;
  /** How a file of the node was made; undefined for a file that the generator doesn't make. */
  explain(path: string): GeneratedFile | undefined;
  /** The same sources with another config. */
  withArguments(userArguments: UserArguments, configComplete: boolean): Generator;
  /** All that is asked for one answer, of it and of those opened from it: what its entry calls is bounded together. */
  question<T>(ask: () => T): T;
}

/** Reads the generator that made a node; undefined where its sources are not to be found. */
export function openGenerator(host: Host, options: GeneratorOptions = {}): Generator | undefined {
  const sources = findGeneratorSources(host, options.sources);
  if (sources === undefined) return undefined;
  const rules = new Rules(sources);
  const { provider = 'onprem', inputs = {} } = options;
  const entries = evaluateEntries({ sources, rules, provider, inputs });
  return new SourcesGenerator(host, { sources, rules, entries, templates: new Map() }, options);
}

/** What doesn't depend on the operator's config. */
interface Opened {
  readonly sources: GeneratorSources;
  readonly rules: Rules;
  readonly entries: EvaluatedEntries;
  readonly templates: Map<string, Template | TemplateFault | undefined>;
}

class SourcesGenerator implements Generator {
  readonly sources: GeneratorSources;
  readonly #host: Host;
  readonly #opened: Opened;
  readonly #options: GeneratorOptions;
  readonly #resolution: Resolution;

  constructor(host: Host, opened: Opened, options: GeneratorOptions) {
    const { sources, rules, entries } = opened;
    this.#host = host;
    this.sources = sources;
    this.#opened = opened;
    this.#options = options;
    const { userArguments, notStrings = new Map(), recorded, inputs = {} } = options;
    this.#resolution = new Resolution({
      sources,
      rules,
      entries,
      inputs,
      userArguments: traced(userArguments ?? {}),
      notStrings,
      configKnown: options.configComplete ?? userArguments !== undefined,
      recorded,
      templates: () => this.#allTemplates(),
    });
  }

  get templates(): readonly string[] {
    return this.#opened.rules.templates;
  }

  get faults(): readonly SourceFault[] {
    return this.#opened.entries.faults;
  }

  argument(name: string): Argument {
    return this.question(() => this.#resolution.argument(name));
  }

  settersOf(name: string): readonly Setter[] {
    return this.#resolution.settersOf(name);
  }

  secrets(): ReadonlySet<string> {
    return this.#resolution.secrets;
  }

  neededArguments(): ReadonlyMap<string, Argument> {
    return this.question(() => this.#resolution.neededArguments());
  }

  resolve(): Verdict {
    return this.question(() => this.#resolution.verdict());
  }

  template(name: string): Template | TemplateFault | undefined {
    const { templates, sources } = this.#opened;
    if (!templates.has(name)) {
      const isBeside = name.startsWith('gen_extra/');
      const source = isBeside ? readBeside(sources, name) : readSource(sources, name);
      const fault = source === undefined && !isBeside ? whyUnreadable(sources, name) : undefined;
      if (fault !== undefined) templates.set(name, { kind: 'fault', excerpt: '', ...fault });
      else templates.set(name, source && parseTemplate(source.file, source.text));
    }
    return templates.get(name);
  }

  rawRendering(name: string): Rendered {
    const template = this.template(name);
    if (template?.kind === 'template') return this.question(() => renderRaw(template, this));
    const place = { file: `${this.sources.directory}/${name}`, line: 1, column: 1 };
    return { kind: 'fault', place, message: 'there is no such template', ...template };
  }

  renderedDocument(name: string): RenderedYaml {
    return this.question(() => mergeDocuments(this.#partsOf(name).map((part) => this.#renderYaml(part))));
  }

  renderedFiles(name: string): RenderedFiles {
    const document = this.renderedDocument(name);
    return document.kind === 'fault' ? document : { kind: 'files', files: packageFiles(document.root) };
  }

  packages(): GeneratedPackages {
    return generatedPackages({
      templates: this.templates,
      renderedFiles: (name) => this.renderedFiles(name),
      configId: () => this.question(() => this.#resolution.configId()),
      provider: () => this.#text('provider'),
      knowsLateValues: this.#opened.rules.isResolver,
      hasLateValue: () => this.question(() => this.#resolution.hasLateValue()),
    });
  }

  explain(path: string): GeneratedFile | undefined {
    return this.question(() => explainPath(this.#host, path, this)?.file);
  }

  withArguments(userArguments: UserArguments, configComplete: boolean): Generator {
    return new SourcesGenerator(this.#host, this.#opened, {
      ...this.#options,
      userArguments,
      configComplete,
    });
  }

  question<T>(ask: () => T): T {
    return this.#opened.entries.module.question(ask);
  }

  #renderYaml(name: string): RenderedYaml {
    const template = this.template(name);
    if (template === undefined) return { kind: 'fault', reason: `${this.sources.directory} has no ${name}` };
    if (template.kind === 'fault') return { kind: 'fault', reason: template.message };
    return renderYaml(template, {
      text: (argument) => this.#text(argument),
      choice: (chunk) => this.#text(chunk.name)?.toString(),
    });
  }

  #text(name: string): TracedText | undefined {
    const argument = this.argument(name);
    return argument.kind === 'value' ? argument.text : undefined;
  }

  /** A template, and the one that adds to it. */
  #partsOf(name: string): string[] {
    const extra = `gen_extra/${name}`;
    const hasExtra = this.#opened.rules.hasExtraEntry && this.template(extra) !== undefined;
    return hasExtra ? [name, extra] : [name];
  }

  #allTemplates(): (Template | TemplateFault)[] {
    const parts = this.templates.flatMap((name) => this.#partsOf(name));
    return parts.map((name) => this.template(name)).filter((template) => template !== undefined);
  }
}

function traced(userArguments: UserArguments): ReadonlyMap<string, TracedText> {
  if (userArguments instanceof Map) return userArguments;
  return new Map(
    Object.entries(userArguments).map(([name, value]) => [
      name,
      TracedText.from(value, { kind: 'input', name }),
    ]),
  );
}
