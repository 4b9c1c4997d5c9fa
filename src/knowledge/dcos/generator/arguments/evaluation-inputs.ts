import type { Inputs } from '../../../../formats/python/interpreter.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { type GeneratorSources, moduleSource, readSource } from '../generator-sources.ts';
import { GENERATOR_NATIVES } from './natives.ts';

/** What the machine had that the generator ran on: its environment, files, output of commands. */
export type MachineInputs = Omit<Inputs, 'moduleSource' | 'natives'>;

/** What the generator's code asks for: of its own package and those beside it the sources tell, the rest its machine. */
export function evaluationInputs(sources: GeneratorSources, machine: MachineInputs): Inputs {
  return {
    ...machine,
    fileContent: (path) => ownFile(sources, path) ?? machine.fileContent?.(path),
    moduleSource: (name) => moduleSource(sources, name),
    natives: GENERATOR_NATIVES,
  };
}

/** A file of the package `gen`, as `pkg_resources.resource_string('gen', …)` reads it. */
function ownFile(sources: GeneratorSources, path: string): TracedText | undefined {
  if (!/^gen\/(?!.*\.\.)/.test(path)) return undefined;
  const source = readSource(sources, path.slice('gen/'.length));
  return source === undefined
    ? undefined
    : TracedText.literal(source.text, { file: source.file, line: 1, column: 1 });
}
