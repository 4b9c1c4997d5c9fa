import { evaluateModule } from '../../../../formats/python/evaluate-module.ts';
import { parameterNames } from '../../../../formats/python/call.ts';
import type { DictEntry, PyValue } from '../../../../formats/python/value.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import { type GeneratorSources, moduleSource, type SourceFile } from '../generator-sources.ts';
import { methodAsFunction } from '../rules/method-as-function.ts';
import type { Crash } from './crash.ts';
import { evaluationInputs } from './evaluation-inputs.ts';

/** A config as the generator gets it from the installer. */
export type ConfigArguments =
  | {
      readonly kind: 'arguments';
      readonly userArguments: ReadonlyMap<string, TracedText>;
      /** Values that the installer hands on though they are no texts (1.7), as `str()` shows them. */
      readonly notStrings: ReadonlyMap<string, string>;
    }
  | ({ readonly kind: 'crash' } & Crash);

const NAME = 'stringify_configuration';

/**
 * What the installer of 1.7 does, for sources that come without an installer, as those on a node do; a truth value
 * is an integer to it. And what `str()` makes of a value.
 */
const ASSUMED: SourceFile = {
  file: '(the installer of 1.7)',
  text: `import json
def ${NAME}(config):
    made = {}
    for name, value in config.items():
        if isinstance(value, list):
            value = json.dumps(value)
        elif isinstance(value, int):
            value = str(value)
        made[name] = value
    return made
def shown(value):
    return str(value)
`,
};

/**
 * Makes a config (a dict) texts as the sources' own function does: `stringify_configuration` of gen/__init__.py, or
 * up to 1.8.0 of the installer.
 */
export function configArguments(sources: GeneratorSources, config: PyValue): ConfigArguments {
  for (const source of [...ownStringifiers(sources), ASSUMED]) {
    const made = called(source, NAME, sources, config);
    if (made?.kind === 'raised') {
      return { kind: 'crash', exception: made.type, message: made.message, at: made.place };
    }
    const entries = made?.value.kind === 'dict' ? made.value.cell : undefined;
    if (entries !== undefined && entries.spoiled === undefined) return textsOf(entries.entries, sources);
  }
  return { kind: 'arguments', userArguments: new Map(), notStrings: new Map() };
}

function ownStringifiers(sources: GeneratorSources): SourceFile[] {
  const gen = moduleSource(sources, 'gen');
  if (gen?.text.includes(`\ndef ${NAME}(`) === true) return [gen];
  const installer = moduleSource(sources, 'dcos_installer.config');
  if (installer?.text.includes(`\ndef ${NAME}(`) === true) return [installer];
  const method =
    installer === undefined ? undefined : methodAsFunction(installer, NAME, 'import json, logging as log');
  return method === undefined ? [] : [method];
}

/** Undefined where the function is not to be had. */
function called({ file, text }: SourceFile, name: string, sources: GeneratorSources, value: PyValue) {
  const module = evaluateModule(file, text, evaluationInputs(sources, {}));
  const callee = module.global(name);
  const [parameter] = callee?.kind === 'function' ? parameterNames(callee) : [];
  if (callee?.kind !== 'function' || parameter === undefined) return undefined;
  return module.call(callee, new Map([[parameter, value]]));
}

function textsOf(entries: ReadonlyMap<string, DictEntry>, sources: GeneratorSources): ConfigArguments {
  const userArguments = new Map<string, TracedText>();
  const notStrings = new Map<string, string>();
  for (const { key, value } of entries.values()) {
    if (key.kind !== 'str') continue;
    const name = key.text.toString();
    if (value.kind === 'str') userArguments.set(name, value.text);
    else notStrings.set(name, shown(value, sources));
  }
  return { kind: 'arguments', userArguments, notStrings };
}

function shown(value: PyValue, sources: GeneratorSources): string {
  const result = called(ASSUMED, 'shown', sources, value);
  return result?.kind === 'value' && result.value.kind === 'str'
    ? result.value.text.toString()
    : `a ${value.kind}`;
}
