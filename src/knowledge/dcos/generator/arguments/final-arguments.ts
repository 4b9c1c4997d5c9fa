import { evaluateModule } from '../../../../formats/python/evaluate-module.ts';
import type { DictEntry, PyDict, PyValue } from '../../../../formats/python/value.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { GeneratorSources } from '../generator-sources.ts';
import { finalArgumentsSource } from '../rules/final-arguments-source.ts';
import type { Rules } from '../rules/read-rules.ts';
import type { Crash } from './crash.ts';
import { evaluationInputs, type MachineInputs } from './evaluation-inputs.ts';

/** What is added after all arguments were resolved. */
export type FinalArguments =
  | {
      readonly kind: 'added';
      readonly arguments: ReadonlyMap<string, TracedText>;
      /** The id of the config, where it is made only now (from 1.11 on). */
      readonly configId: TracedText | undefined;
    }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The generator would have stopped. */
  | ({ readonly kind: 'raised' } & Crash);

/** What the last arguments are made from. */
export interface ToFinish {
  readonly sources: GeneratorSources;
  readonly rules: Rules;
  readonly inputs: MachineInputs;
  /** All that were resolved. */
  readonly resolved: ReadonlyMap<string, TracedText>;
  readonly userArguments: ReadonlyMap<string, TracedText>;
  readonly secrets: ReadonlySet<string>;
}

/** Evaluates the statements of the generator that add the last arguments: records of all others, ids, lists. */
export function finalArguments({ sources, rules, inputs, ...given }: ToFinish): FinalArguments {
  const source = rules.init === undefined ? undefined : finalArgumentsSource(rules.init);
  if (source === undefined) return { kind: 'added', arguments: new Map(), configId: undefined };
  const module = evaluateModule(source.file, source.text, evaluationInputs(sources, inputs));
  const callee = module.global(source.functionName);
  if (callee?.kind !== 'function') return { kind: 'unknown', reason: `${source.file} could not be followed` };
  const all = dictOf(given.resolved);
  const result = module.call(
    callee,
    new Map<string, PyValue>([
      ['arguments', all],
      ['user_arguments', dictOf(given.userArguments)],
      ['secrets', listOf([...given.secrets])],
    ]),
  );
  if (result.kind === 'raised') {
    return { kind: 'raised', exception: result.type, message: result.message, at: result.place };
  }
  const { value } = result;
  if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason };
  if (all.cell.spoiled !== undefined) return { kind: 'unknown', reason: all.cell.spoiled.reason };
  return {
    kind: 'added',
    arguments: textsOf(all, given.resolved),
    configId: value.kind === 'str' ? value.text : undefined,
  };
}

function dictOf(texts: ReadonlyMap<string, TracedText>): PyDict {
  const entries = new Map<string, DictEntry>();
  for (const [name, text] of texts) {
    entries.set(`str ${name}`, { key: named(name), value: { kind: 'str', text } });
  }
  return { kind: 'dict', cell: { entries }, hops: [] };
}

function listOf(names: readonly string[]): PyValue {
  return { kind: 'list', cell: { items: names.map(named) }, hops: [] };
}

function named(name: string): PyValue {
  return { kind: 'str', text: TracedText.from(name, { kind: 'derived', rule: `the name ${name}` }) };
}

/** Those that are new or not what they were. */
function textsOf(dict: PyDict, before: ReadonlyMap<string, TracedText>): Map<string, TracedText> {
  const added = new Map<string, TracedText>();
  for (const { key, value } of dict.cell.entries.values()) {
    if (key.kind !== 'str' || value.kind !== 'str') continue;
    const name = key.text.toString();
    if (before.get(name) !== value.text) added.set(name, value.text);
  }
  return added;
}
