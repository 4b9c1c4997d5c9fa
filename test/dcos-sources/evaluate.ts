import { type Argument, whyNoValue } from '../../src/knowledge/dcos/generator/arguments/argument.ts';
import { configArguments } from '../../src/knowledge/dcos/generator/arguments/config-arguments.ts';
import { pyValueOfYaml } from '../../src/knowledge/dcos/generator/arguments/yaml-to-python.ts';
import { withInstallerDefaults } from '../../src/knowledge/dcos/generator/arguments/installer-defaults.ts';
import type { Setter } from '../../src/knowledge/dcos/generator/arguments/setter.ts';
import { type Generator, openGenerator } from '../../src/knowledge/dcos/generator/generator.ts';
import type { PyValue } from '../../src/formats/python/value.ts';
import { parseYaml } from '../../src/formats/yaml/parse-yaml.ts';
import type { Place } from '../../src/text/place.ts';
import type { TracedText } from '../../src/text/traced-text.ts';
import type { Checkout } from './checkout.ts';
import type {
  Content,
  EvaluatedArgument,
  EvaluatedFile,
  EvaluatedSetter,
  EvaluatedVerdict,
  Evaluation,
  Rendering,
} from './evaluation.ts';
import { generatedDocument } from './generated-document.ts';
import { type GeneratorMachine, inputsOf } from './generator-inputs.ts';
import { pythonJson } from './python-json.ts';
import { inputText, pythonDict } from './python-value.ts';

/** Evaluates the sources with a config that is strings already. */
export function evaluate(
  checkout: Checkout,
  userArguments: ReadonlyMap<string, string>,
  machine: GeneratorMachine,
): Evaluation {
  const texts = new Map([...userArguments].map(([name, text]) => [name, inputText(text, name)] as const));
  try {
    return evaluationOf(open(checkout, texts, new Map(), machine), checkout);
  } catch (error) {
    return { arguments: new Map(), raw: new Map(), files: new Map(), contents: [], faults: [failure(error)] };
  }
}

/**
 * What the generator says of a config of strings with `delta` laid over it; undefined in it leaves an argument out.
 * The sources are read anew each time: one evaluation may only take so many steps.
 */
export function evaluateBroken(
  checkout: Checkout,
  userArguments: ReadonlyMap<string, string>,
  delta: ReadonlyMap<string, PyValue | undefined>,
  machine: GeneratorMachine,
): EvaluatedVerdict {
  try {
    return judge(checkout, userArguments, delta, machine);
  } catch (error) {
    return { status: 'failed', reason: failure(error) };
  }
}

function judge(
  checkout: Checkout,
  userArguments: ReadonlyMap<string, string>,
  delta: ReadonlyMap<string, PyValue | undefined>,
  machine: GeneratorMachine,
): EvaluatedVerdict {
  const changed = [...delta].flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const given = configArguments(sourcesOf(checkout), pythonDict(changed));
  if (given.kind === 'crash') return crashOf(given);
  const texts = new Map([...userArguments].map(([name, text]) => [name, inputText(text, name)] as const));
  for (const name of delta.keys()) {
    const text = given.userArguments.get(name);
    if (text === undefined) texts.delete(name);
    else texts.set(name, text);
  }
  return verdictOf(open(checkout, texts, given.notStrings, machine));
}

/** Of a defect of Cutover's own: the comparison goes on, and counts it as a difference. */
function failure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, at = ''] = (error.stack ?? '').split('\n');
  return `Cutover itself stopped: ${error.name}: ${error.message}${at.replace(/^\s+/, ' ')}`;
}

/** Evaluates the sources with a config.yaml, as their installer hands it on; and what they say to it. */
export function evaluateYaml(
  checkout: Checkout,
  yaml: string,
  machine: GeneratorMachine,
): { readonly evaluation: Evaluation; readonly verdict: EvaluatedVerdict } {
  const parsed = parseYaml(inputText(yaml, 'config.yaml'));
  if (parsed.kind === 'fault') throw new Error(`a config of the suite itself is no YAML: ${parsed.message}`);
  const sources = sourcesOf(checkout);
  const bootstrapId = inputText(machine.environment.get('BOOTSTRAP_ID') ?? '', 'BOOTSTRAP_ID');
  const config = withInstallerDefaults(sources, pyValueOfYaml(parsed.root), bootstrapId);
  const given = configArguments(sources, config);
  if (given.kind === 'crash')
    throw new Error(`a config of the suite itself makes the installer stop: ${given.message}`);
  const generator = open(checkout, given.userArguments, given.notStrings, machine);
  return { evaluation: evaluationOf(generator, checkout), verdict: verdictOf(generator) };
}

function sourcesOf({ host }: Checkout) {
  return { host, directory: '/gen' };
}

function open(
  { host, directory }: Checkout,
  userArguments: ReadonlyMap<string, TracedText>,
  notStrings: ReadonlyMap<string, string>,
  machine: GeneratorMachine,
): Generator {
  const generator = openGenerator(host, {
    sources: { host, directory: '/gen' },
    userArguments,
    notStrings,
    inputs: inputsOf(machine),
  });
  if (generator === undefined) throw new Error(`${directory}/gen/calc.py was there a moment ago`);
  return generator;
}

function evaluationOf(generator: Generator, { host }: Checkout): Evaluation {
  const needed = generator.neededArguments();
  const made = generator.packages();
  const packed = made.kind === 'packages' ? made.files : [];
  const files = new Map<string, EvaluatedFile>(
    packed.map(({ packageId, path, content, mode }) => [
      `${packageId}/${withoutSlash(path.toString())}`,
      { content: content.toString(), mode: `0o${mode.toString(8)}` },
    ]),
  );
  const hasLate = host.stat('/gen/internals.py') !== undefined;
  for (const template of generator.templates) {
    const document = generator.renderedDocument(template);
    const text =
      document.kind === 'document'
        ? pythonJson(generatedDocument(template, pyValueOfYaml(document.root), hasLate))
        : undefined;
    // The run that the expectation was made by wrote these itself, under umask 0.
    if (text !== undefined) files.set(`${template}.json`, { content: text, mode: '0o666' });
  }
  return {
    arguments: new Map([...needed].map(([name, argument]) => [name, evaluated(name, argument)] as const)),
    raw: new Map(generator.templates.map((name) => [name, rendering(generator, name)] as const)),
    files,
    contents: [
      ...packed.map(({ packageId, path, content }) => ({
        name: `${packageId.replace(/--.*$/, '')}/${withoutSlash(path.toString())}`,
        text: content,
      })),
      ...filesOnNode(generator, 'cloud-config'),
      ...filesOnNode(generator, 'dcos-services'),
    ],
    faults: [
      ...generator.faults.map(({ message }) => message),
      ...(made.kind === 'fault' ? [made.reason] : []),
    ],
  };
}

/** What the installer itself puts on a node. */
function filesOnNode(generator: Generator, template: string): Content[] {
  const rendered = generator.renderedFiles(`${template}.yaml`);
  if (rendered.kind === 'fault') return [];
  return rendered.files.map(({ path, content }) => ({
    name: `${template}:${path.toString()}`,
    text: content,
  }));
}

function evaluated(name: string, argument: Argument): EvaluatedArgument {
  if (argument.kind !== 'value') return { kind: 'none', reason: whyNoValue(name, argument) };
  return { kind: 'value', text: argument.text, setter: setterOf(argument.setter, argument.calledWith) };
}

function setterOf(setter: Setter, calledWith: ReadonlyMap<string, TracedText> | undefined): EvaluatedSetter {
  const { value, optional, user, conditions, place } = setter;
  const common = {
    isOptional: optional,
    isUser: user,
    conditions: conditions.map((condition) => [condition.name, condition.value] as const),
    ...(place === undefined ? {} : { place: inCheckout(place) }),
  };
  if (value.kind !== 'function') return { kind: value.kind === 'text' ? 'literal' : value.kind, ...common };
  return {
    kind: 'function',
    function: value.callee.name,
    parameters: value.parameters,
    calledWith: new Map([...(calledWith ?? [])].map(([name, text]) => [name, text.toString()] as const)),
    ...common,
  };
}

function rendering(generator: Generator, template: string): Rendering {
  const rendered = generator.rawRendering(template);
  if (rendered.kind === 'rendered') return rendered;
  return { kind: 'fault', reason: rendered.message, place: inCheckout(rendered.place) };
}

function verdictOf(generator: Generator): EvaluatedVerdict {
  const verdict = generator.resolve();
  if (verdict.status === 'crash') return crashOf(verdict);
  if (verdict.status === 'ok') {
    const notExamined = verdict.notExamined.map(({ names, reason }) => `${names.join(', ')}: ${reason}`);
    return { status: 'ok', notExamined };
  }
  const errors = new Map([...verdict.errors].map(([name, { message }]) => [name, message] as const));
  return { status: 'errors', errors, unset: verdict.unset };
}

function crashOf({
  exception,
  message,
  at,
}: {
  exception: string;
  message: string;
  at?: Place;
}): EvaluatedVerdict {
  return { status: 'crash', exception, message, ...(at === undefined ? {} : { at: inCheckout(at) }) };
}

/** As a checkout has it, without the slash of its root. */
function inCheckout(place: Place): Place {
  return { ...place, file: withoutSlash(place.file) };
}

function withoutSlash(path: string): string {
  return path.replace(/^\/+/, '');
}
