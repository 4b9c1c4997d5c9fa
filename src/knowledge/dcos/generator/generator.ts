import { parseTemplate } from '../../../formats/dcos-template/parse-template.ts';
import type { Template, TemplateFault } from '../../../formats/dcos-template/template.ts';
import { scopeOfTemplate, type TemplateScope } from '../../../formats/dcos-template/template-scope.ts';
import { evaluateModule } from '../../../formats/python/evaluate-module.ts';
import type { Inputs } from '../../../formats/python/interpreter.ts';
import { type Host, HostError } from '../../../host/host.ts';
import { explainFile, type ToExplain } from './explain/explain-file.ts';
import type { GeneratedFile } from './explain/generated-file.ts';
import {
  findGeneratorSources,
  type GeneratorSources,
  moduleSource,
  readSource,
} from './generator-sources.ts';
import { hashCheckout } from './arguments/hash-checkout.ts';
import { locateGenerated } from './explain/locate-generated.ts';
import { readEntry } from './arguments/read-entry.ts';
import { type RenderedFiles, renderedFiles } from './files/rendered-files.ts';
import { type Argument, ArgumentResolver } from './arguments/resolve-arguments.ts';
import { setUp, TEMPLATES } from './arguments/set-up.ts';

const LARGEST_FILE = 4 * 1024 * 1024;

export interface GeneratorOptions {
  /** A directory `gen`, or one that holds it, for sources that are not on the node itself. */
  readonly sources?: { readonly host: Host; readonly directory: string };
  /** All of the operator's config, each value as a string. Left out: not known. */
  readonly userArguments?: Readonly<Record<string, string>>;
  /** What the generator's own machine had: its environment and files. */
  readonly inputs?: Pick<Inputs, 'environmentVariable' | 'fileContent'>;
}

/** The generator of DC/OS, read from its sources: it re-renders the files that it once made for a node. */
export interface Generator {
  readonly sources: GeneratorSources;
  /** An argument by the rules of the generator. */
  argument(name: string): Argument;
  /** The arguments that the templates need, each case's only when its switch takes it; and all those needed for them. */
  neededArguments(): ReadonlyMap<string, Argument>;
  /** The files that a template says; for a generator whose operator's config is known. */
  renderedFiles(template: string): RenderedFiles;
  /** How a file of the node was made; undefined for a file that the generator doesn't make. */
  explain(path: string): GeneratedFile | undefined;
}

/** Reads the generator that made a node; undefined where its sources are not to be found. */
export function openGenerator(host: Host, options: GeneratorOptions = {}): Generator | undefined {
  const sources = findGeneratorSources(host, options.sources);
  const calc = sources === undefined ? undefined : readSource(sources, 'calc.py');
  if (sources === undefined || calc === undefined) return undefined;
  const module = evaluateModule(calc.file, calc.text, {
    ...options.inputs,
    moduleSource: (name) => moduleSource(sources, name),
    natives: { 'pkgpanda.build.hash_checkout': hashCheckout, 'pkgpanda.util.hash_checkout': hashCheckout },
  });
  const entry = module.global('entry');
  const configured = options.userArguments === undefined ? [] : setUp(options.userArguments);
  const setters = [...(entry === undefined ? [] : readEntry(entry)), ...configured];
  const resolver = new ArgumentResolver(module, setters, options.userArguments !== undefined);
  return new SourcesGenerator(host, sources, resolver);
}

class SourcesGenerator implements Generator {
  readonly sources: GeneratorSources;
  readonly #host: Host;
  readonly #resolver: ArgumentResolver;
  readonly #templates = new Map<string, Template | TemplateFault | undefined>();

  constructor(host: Host, sources: GeneratorSources, resolver: ArgumentResolver) {
    this.#host = host;
    this.sources = sources;
    this.#resolver = resolver;
  }

  argument(name: string): Argument {
    return this.#resolver.get(name);
  }

  neededArguments(): ReadonlyMap<string, Argument> {
    for (const name of TEMPLATES) {
      const template = this.#template(name);
      if (template?.kind === 'template') this.#need(scopeOfTemplate(template.chunks));
    }
    return this.#resolver.found();
  }

  renderedFiles(name: string): RenderedFiles {
    const template = this.#template(name);
    if (template?.kind !== 'template') {
      return { kind: 'fault', reason: template?.message ?? `${this.sources.directory} has no ${name}` };
    }
    return renderedFiles(template, {
      text: (argument) => this.#text(argument),
      choice: (chunk) => this.#text(chunk.name)?.toString(),
    });
  }

  explain(path: string): GeneratedFile | undefined {
    for (const located of locateGenerated(this.#host, path)) {
      const template = this.#template(located.template);
      if (template?.kind !== 'template') continue;
      const found = this.#found(located.file);
      const argument = (name: string) => this.argument(name);
      const explained = explainFile({ path, located, template, found, argument });
      if (explained !== undefined) return explained;
    }
    return undefined;
  }

  #text(name: string) {
    const argument = this.argument(name);
    return argument.kind === 'value' ? argument.text : undefined;
  }

  #need(scope: TemplateScope): void {
    for (const name of scope.variables) this.argument(name);
    for (const [name, cases] of scope.switches) {
      const chosen = cases.get(this.#text(name)?.toString() ?? '');
      if (chosen !== undefined) this.#need(chosen);
    }
  }

  #template(name: string): Template | TemplateFault | undefined {
    if (!this.#templates.has(name)) {
      const source = readSource(this.sources, name);
      this.#templates.set(name, source === undefined ? undefined : parseTemplate(source.file, source.text));
    }
    return this.#templates.get(name);
  }

  #found(file: string): ToExplain['found'] {
    try {
      return {
        kind: 'text',
        text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#host.readFile(file, LARGEST_FILE)),
      };
    } catch (error) {
      if (error instanceof HostError) return { kind: 'fault', reason: error.message };
      throw error;
    }
  }
}
