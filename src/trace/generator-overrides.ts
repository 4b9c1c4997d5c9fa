import type { FileTraceArgument } from '../documents/file-trace.ts';
import type { TraceOverride } from '../documents/trace.ts';
import type { FutilePlace } from '../service/overrides-futile.ts';
import type { GeneratedFile } from '../knowledge/knowledge.ts';

/** What the generator's own config can do for a value that the generator made, and what it can't. */
export interface GeneratorOverrides {
  readonly overrides: readonly TraceOverride[];
  readonly futile: readonly FutilePlace[];
}

const MAX_NAMED = 3;
const MAX_STEPS = 50;

/**
 * An argument that the config may set is a place for an override, for all machines at once. One that it may not is
 * none, but what that one is computed from may be set.
 */
export function generatorOverrides(
  generated: GeneratedFile,
  made: readonly FileTraceArgument[],
): GeneratorOverrides {
  const names = made.filter(({ use }) => use === 'value').map(({ name }) => name);
  const settable = new Map<string, Reached[]>();
  const refused = new Map<string, Reached[]>();
  for (const reached of reachedFrom(generated, names)) {
    const { config, settable: isSettable } = reached.argument;
    if (!isSettable && reached.through !== undefined) continue;
    const list = isSettable ? settable : refused;
    list.set(config, [...(list.get(config) ?? []), reached]);
  }
  return {
    overrides: [...settable].map(([file, reached]) => ({
      file,
      exists: false,
      survives: true,
      why: `for all machines: ${listed(reached.map(settableText))}; then the files must be generated anew, and what they are packed in activated on every machine`,
    })),
    futile: [...refused].map(([file, reached]) => ({
      file,
      why: listed(reached.map(({ name, argument }) => `${name}: ${argument.why}`)),
    })),
  };
}

interface Reached {
  readonly name: string;
  readonly argument: NonNullable<ReturnType<NonNullable<GeneratedFile['argument']>>>;
  /** The argument that is computed from it; undefined for one that stands in the file itself. */
  readonly through: string | undefined;
}

/** The arguments themselves, and what those are computed from that can't be set. */
function reachedFrom(generated: GeneratedFile, names: readonly string[]): Reached[] {
  const reached = new Map<string, Reached>();
  const waiting = names.map((name): [string, string | undefined] => [name, undefined]);
  for (let next = waiting.shift(); next !== undefined && reached.size < MAX_STEPS; next = waiting.shift()) {
    const [name, through] = next;
    const argument = generated.argument?.(name);
    if (argument === undefined || reached.has(name)) continue;
    reached.set(name, { name, argument, through });
    if (!argument.settable) for (const from of argument.from ?? []) waiting.push([from, through ?? name]);
  }
  return [...reached.values()];
}

function settableText({ name, argument, through }: Reached): string {
  const made = through === undefined ? '' : `, from which ${through} is computed`;
  return `${name} (${argument.why})${made}`;
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MAX_NAMED;
  return [...texts.slice(0, MAX_NAMED), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}
