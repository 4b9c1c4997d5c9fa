import { type EvaluatedModule, evaluateModule } from '../../../../formats/python/evaluate-module.ts';
import type { PyUnknown } from '../../../../formats/python/value.ts';
import { excerptOf } from '../../../../text/excerpt.ts';
import {
  type GeneratorSources,
  moduleSource,
  readBeside,
  type SourceFault,
  whyUnreadable,
} from '../generator-sources.ts';
import type { Rules } from '../rules/read-rules.ts';
import { readEntry } from './read-entry.ts';
import { SourceOfSetters } from './source-of-setters.ts';
import { evaluationInputs, type MachineInputs } from './evaluation-inputs.ts';

/** What the entries are read from. */
export interface ToEvaluate {
  readonly sources: GeneratorSources;
  readonly rules: Rules;
  /** Where the cluster is installed: `onprem`, `aws` or `azure`. */
  readonly provider: string;
  readonly inputs: MachineInputs;
}

export interface EvaluatedEntries {
  readonly module: EvaluatedModule;
  /** The entry of gen/calc.py, with what replaces parts of it. */
  readonly base: SourceOfSetters;
  /** What depends on the provider, from 1.9 on. */
  readonly extra: readonly SourceOfSetters[];
  readonly faults: readonly SourceFault[];
}

/** From 1.9 on what depends on the provider is a source of its own: its module, and the names there, in order. */
const PROVIDERS: Readonly<Record<string, { readonly module: string; readonly names: readonly string[] }>> = {
  onprem: { module: 'bash', names: ['onprem_source'] },
  aws: { module: 'aws', names: ['aws_base_source', 'aws_simple_source'] },
  azure: { module: 'azure', names: ['azure_base_source', 'azure_dcos_source'] },
};

/** Evaluates the modules that say setters. */
export function evaluateEntries({ sources, rules, provider, inputs }: ToEvaluate): EvaluatedEntries {
  const wanted = importsOf(sources, rules, provider);
  const imports = wanted.map(
    ({ module, name }, index) => `from ${module} import ${name} as entry_${index}\n`,
  );
  const module = evaluateModule(
    `${sources.directory}/__main__.py`,
    imports.join(''),
    evaluationInputs(sources, inputs),
  );
  const base = new SourceOfSetters(rules);
  const extra: SourceOfSetters[] = [];
  const unknown = new Set<PyUnknown>();
  for (const [index, { role }] of wanted.entries()) {
    const value = module.global(`entry_${index}`) ?? { kind: 'none' };
    const entry = readEntry(value);
    for (const one of entry.unknown) unknown.add(one);
    if (role === 'base') base.addEntry(entry);
    else if (role === 'replacement') base.replaceBy(entry);
    else {
      const source = new SourceOfSetters(rules);
      source.addEntry(entry);
      extra.push(source);
    }
  }
  const unreadable = whyUnreadable(sources, 'calc.py');
  const followed = [...unknown].map((one) => faultOf(one, sources));
  return { module, base, extra, faults: unreadable === undefined ? followed : [unreadable, ...followed] };
}

interface Import {
  readonly module: string;
  readonly name: string;
  readonly role: 'base' | 'replacement' | 'provider';
}

function importsOf(sources: GeneratorSources, rules: Rules, provider: string): Import[] {
  const imports: Import[] = [{ module: 'gen.calc', name: 'entry', role: 'base' }];
  if (rules.hasExtraEntry && readBeside(sources, 'gen_extra/calc.py') !== undefined) {
    imports.push({ module: 'gen_extra.calc', name: 'entry', role: 'replacement' });
  }
  const known = rules.isResolver && Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider] : undefined;
  if (known === undefined) return imports;
  const module = `gen.build_deploy.${known.module}`;
  const text = moduleSource(sources, module)?.text ?? '';
  for (const name of known.names) {
    if (new RegExp(`^${name} *=`, 'm').test(text)) imports.push({ module, name, role: 'provider' });
  }
  return imports;
}

function faultOf({ reason, place }: PyUnknown, { host }: GeneratorSources): SourceFault {
  try {
    const text = new TextDecoder().decode(host.readFile(place.file));
    return { place, message: reason, excerpt: excerptOf(text, place) };
  } catch {
    return { place, message: reason };
  }
}
