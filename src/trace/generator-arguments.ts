import type { FileTraceArgument } from '../documents/file-trace.ts';
import type { GeneratorArgumentUse } from '../documents/trace.ts';
import type { GeneratedFile } from '../knowledge/knowledge.ts';
import { type Hop, hopsOf } from '../text/hop.ts';
import type { Place } from '../text/place.ts';
import { isSecretName } from '../text/secret-names.ts';
import { isSecret } from '../text/secrets.ts';
import type { Slice, TracedText } from '../text/traced-text.ts';

/** The arguments of the generator that went into a text, with its lines, in the order of their first. */
export function argumentsIn(text: TracedText, generated: GeneratedFile): FileTraceArgument[] {
  return found(text).map((one) => ({ ...described(one, generated), lines: [...one.lines] }));
}

/** As `argumentsIn`, of a text whose lines mean nothing. */
export function argumentUsesIn(text: TracedText, generated: GeneratedFile): GeneratorArgumentUse[] {
  return found(text).map((one) => described(one, generated));
}

function found(text: TracedText): Found[] {
  const byKey = new Map<string, Found>();
  let line = 1;
  for (const slice of text.slices) {
    const lastLine = line + slice.text.replace(/\n$/, '').split('\n').length - 1;
    for (const use of usesIn(slice)) {
      const key = `${use.use} ${use.name}`;
      const known = byKey.get(key) ?? { ...use, lines: new Set<number>() };
      for (let at = line; at <= lastLine; at += 1) known.lines.add(at);
      byKey.set(key, known);
    }
    line += slice.text.split('\n').length - 1;
  }
  return [...byKey.values()];
}

/** Whether a text was made from an argument that the generator counts among its secrets. */
export function holdsSecret(text: TracedText, generated: GeneratedFile): boolean {
  return text.slices.some((slice) => isSecretSlice(slice, generated));
}

/** Whether a slice came from, or by way of, an argument that is a secret by its name or by the generator's word. */
export function isSecretSlice(slice: Slice, generated: GeneratedFile): boolean {
  const own = argumentName(slice);
  if (own !== undefined && isSecret(own, slice.text)) return true;
  if (own !== undefined && isSecretArgument(own, generated)) return true;
  return hopsOf(slice.via).some((hop) => !isCase(hop) && isSecretHop(hop, generated));
}

/** Of a function or a constant the name tells. To ask for it as an argument has the generator make all that it has. */
function isSecretHop({ kind, name }: Hop, generated: GeneratedFile): boolean {
  if (name === undefined) return false;
  return kind === 'template' || kind === 'expression'
    ? isSecretArgument(name, generated)
    : isSecretName(name);
}

/** Asked once for each name: of a file with many slices most are of a few. */
const secretArguments = new WeakMap<GeneratedFile, Map<string, boolean>>();

function isSecretArgument(name: string, generated: GeneratedFile): boolean {
  const known = secretArguments.get(generated) ?? new Map<string, boolean>();
  secretArguments.set(generated, known);
  const is = known.get(name) ?? generated.argument?.(name)?.secret === true;
  known.set(name, is);
  return is;
}

/** The argument that a slice is the value of, or a part of it. */
export function argumentName(slice: Slice): string | undefined {
  return (
    hopsOf(slice.via).find((hop) => hop.kind === 'template' && !isCase(hop))?.name ??
    (slice.origin.kind === 'input' ? slice.origin.name : undefined)
  );
}

interface Use {
  readonly name: string;
  readonly use: FileTraceArgument['use'];
  readonly setAt: Place | undefined;
  readonly why: string | undefined;
}

interface Found extends Use {
  readonly lines: Set<number>;
}

function usesIn(slice: Slice): Use[] {
  const hops = hopsOf(slice.via);
  const cases = hops
    .filter(isCase)
    .flatMap((hop): Use[] =>
      hop.name === undefined ? [] : [{ name: hop.name, use: 'case', setAt: undefined, why: hop.why }],
    );
  const name = argumentName(slice);
  if (name === undefined) return cases;
  const setter = hops[hops.findIndex((hop) => hop.kind === 'template' && !isCase(hop)) + 1];
  const origin = slice.origin.kind === 'literal' ? slice.origin.place : undefined;
  return [...cases, { name, use: 'value', setAt: setter?.place ?? origin, why: setter?.why }];
}

/** `{% switch … %}` or `{% case … %}`: the tag decided that the slice is there, but not what it says. */
function isCase(hop: Hop): boolean {
  return hop.kind === 'template' && hop.text.startsWith('{%');
}

function described({ name, use, setAt, why }: Use, generated: GeneratedFile): GeneratorArgumentUse {
  const config = generated.argument?.(name);
  return {
    name,
    use,
    ...(setAt === undefined ? {} : { setAt }),
    ...(why === undefined ? {} : { why }),
    ...(config === undefined
      ? {}
      : { config: { file: config.config, settable: config.settable, why: config.why } }),
  };
}
