import type { Chunk, Template } from '../../../../formats/dcos-template/template.ts';
import { hopsOf } from '../../../../text/hop.ts';
import type { Place } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Argument, ArgumentValue } from '../arguments/argument.ts';
import { whyItCounts } from '../arguments/setter.ts';
import { type Choices, combinations, undecidedSwitches } from '../files/choices.ts';
import type { TemplateFile } from '../files/package-files.ts';
import { renderedFiles } from '../files/rendered-files.ts';
import { type Compared, compareRendered } from './compare-rendered.ts';
import type { GeneratedFile, UnknownArgument } from './generated-file.ts';
import { judged } from './judged.ts';
import { Holes } from './holes.ts';
import type { Located } from './locate-generated.ts';
import { templatePart } from './template-part.ts';
import { whyMissing } from './why-missing.ts';

/** What an explanation is made from. */
export interface ToExplain {
  readonly path: string;
  readonly located: Located;
  readonly template: Template;
  /** The file's content on the node, or why it can't be had. */
  readonly found:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'fault'; readonly reason: string };
  argument(name: string): Argument;
  /** How many more renderings may be tried, for all that share it. */
  readonly budget?: { renderings: number } | undefined;
}

/** Whether an argument's value by the sources is taken for the one that the file was made with. */
type Trusted = (argument: ArgumentValue, name: string) => boolean;

/**
 * Re-renders one file and compares it with the node's. Tried in turn: the values that the sources say; then,
 * because the operator's config may have said otherwise, with holes for all that it could have set, save for what
 * turns out to be as the sources say. Undefined when the template says no such file.
 */
export function explainFile(toExplain: ToExplain): GeneratedFile | undefined {
  const { template, located } = toExplain;
  const part = templatePart(template.chunks, located.path);
  if (part.length === 0) return undefined;
  const toRender = { ...toExplain, template: { ...template, chunks: part } };
  const asWritten = explainTrusting(toRender, () => true);
  if (asWritten !== undefined && asWritten.rerender.kind !== 'different') return asWritten;
  const overridden = explainTrusting(toRender, ({ settled }) => settled);
  if (overridden?.rerender.kind !== 'identical') return asWritten;
  const told = new Map(overridden.unknownArguments.map(({ name, recovered }) => [name, recovered]));
  const kept = explainTrusting(
    toRender,
    ({ settled, text }, name) => settled || told.get(name) === text.toString(),
  );
  return kept?.rerender.kind === 'identical' ? kept : overridden;
}

/** Tries the cases of the undecided switches that have a part in the file. */
function explainTrusting(toExplain: ToExplain, trusted: Trusted): GeneratedFile | undefined {
  const undecided = undecidedSwitches(
    toExplain.template.chunks,
    (name) => trustedText(toExplain, trusted, name) !== undefined,
  );
  const ways = combinations(undecided);
  const { budget } = toExplain;
  if (budget !== undefined) budget.renderings -= ways?.length ?? 0;
  if (ways === undefined || (budget !== undefined && budget.renderings < 0)) {
    return notPossible(toExplain, 'too many switches depend on unknown arguments');
  }
  const start: Place = { file: toExplain.located.file, line: 1, column: 1 };
  const chosen = best(
    ways.flatMap((choices) => attempt(toExplain, trusted, choices)),
    start,
  );
  return chosen === undefined ? undefined : judged(chosen, toExplain);
}

interface Attempt {
  readonly file: GeneratedFile;
  readonly choices: Choices;
  /** The arguments that the rendering asked for. */
  readonly used: ReadonlySet<string>;
}

/** The first that is identical, else the one that fits furthest. What others agree without is not told by the file. */
function best(attempts: readonly Attempt[], start: Place): Attempt | undefined {
  const identical = attempts.filter(({ file }) => file.rerender.kind === 'identical');
  const [chosen] = identical.length > 0 ? identical : [...attempts].sort(byFit);
  if (chosen === undefined) return undefined;
  const switches = [...chosen.choices].map(([name, value]): UnknownArgument => {
    const isTold = identical.length > 0 && identical.every(({ choices }) => choices.get(name) === value);
    const argument = { name, reason: 'a switch depends on it' };
    return isTold ? { ...argument, recovered: value, place: start } : argument;
  });
  const unknownArguments = [...switches, ...chosen.file.unknownArguments];
  return { ...chosen, file: { ...chosen.file, unknownArguments } };
}

function byFit(a: Attempt, b: Attempt): number {
  const [one, other] = [a.file.rerender, b.file.rerender];
  if (one.kind !== 'different' || other.kind !== 'different') return 0;
  return other.line - one.line || other.column - one.column;
}

function attempt(toExplain: ToExplain, trusted: Trusted, choices: Choices): Attempt[] {
  const { located, template } = toExplain;
  const holes = new Holes();
  const reasons = new Map<string, string>();
  const used = new Set<string>();
  const indented = indentedNames(template.chunks);
  const rendered = renderedFiles(template, {
    text: (name) => {
      const text = trustedText(toExplain, trusted, name);
      used.add(name);
      if (text !== undefined) return text;
      const missing = whyMissing(toExplain.argument(name));
      reasons.set(name, missing.reason);
      const hole = holes.make(name, missing);
      return indented.has(name) ? TracedText.concat([INDENTATION, hole]) : hole;
    },
    choice: ({ name }) => {
      used.add(name);
      return trustedText(toExplain, trusted, name)?.toString() ?? choices.get(name);
    },
    why: ({ name }, choice) => whyCase(toExplain, trusted, name, choice),
  });
  if (rendered.kind === 'fault') return [{ file: notPossible(toExplain, rendered.reason), choices, used }];
  const item = rendered.files.findLast((file) => file.path.toString() === located.path);
  if (item === undefined) return [];
  const compared = compareWithNode(toExplain, item, holes);
  const unknownArguments = [...reasons]
    .filter(([name]) => item.content.slices.some((slice) => holes.nameOf(slice.origin) === name))
    .map(([name, reason]): UnknownArgument => {
      const recovered = compared.recovered.get(name);
      const argument = { name, reason };
      if (recovered === undefined) return argument;
      return { ...argument, recovered, ...placeOfInput(compared.content, name, located.file) };
    });
  const place = placeIn(template, item.path) ?? startOf(template);
  const file = generated(toExplain, { ...compared, template: place, unknownArguments });
  return [{ file, choices, used }];
}

/** For people: why a switch takes its case. */
function whyCase(toExplain: ToExplain, trusted: Trusted, name: string, choice: string): string {
  const argument = toExplain.argument(name);
  const isKnown = trustedText(toExplain, trusted, name) !== undefined && argument.kind === 'value';
  if (!isKnown) return `${name} is "${choice}" (as the file itself tells)`;
  return `${name} is "${choice}" (${argument.isRecorded === true ? 'as the node recorded it' : whyItCounts(argument.setter)})`;
}

/** A value that stands at the start of a line brings the indentation of its block along; YAML takes it away again. */
const INDENTATION = TracedText.from('      ', { kind: 'derived', rule: 'indentation of a block' });

function indentedNames(chunks: readonly Chunk[]): Set<string> {
  const names = chunks.flatMap((chunk): string[] => {
    if (chunk.kind === 'switch') return [...chunk.cases.values()].flatMap((body) => [...indentedNames(body)]);
    return chunk.kind === 'replacement' && chunk.place.column === 1 ? [chunk.name] : [];
  });
  return new Set(names);
}

/** What is told only when the cluster is launched leaves a placeholder, not a value. */
function trustedText(toExplain: ToExplain, trusted: Trusted, name: string): TracedText | undefined {
  const argument = toExplain.argument(name);
  const isKnown = argument.kind === 'value' && argument.isLate !== true;
  return isKnown && trusted(argument, name) ? argument.text : undefined;
}

function compareWithNode(toExplain: ToExplain, item: TemplateFile, holes: Holes): Compared {
  const { found, located } = toExplain;
  if (found.kind === 'text') {
    const { text } = found;
    return compareRendered(item.content, holes, { file: located.file, text, python: pythonOf(toExplain) });
  }
  const content = holes.fill(item.content, () => undefined);
  return { content, recovered: new Map(), rerender: { kind: 'not-possible', reason: found.reason } };
}

/** The Python of the node, by where its sources lie. */
function pythonOf({ template }: ToExplain): string | undefined {
  return /\/lib\/python(3\.\d+)\//.exec(template.file)?.[1];
}

function placeOfInput(content: TracedText, name: string, file: string): { readonly place: Place } {
  for (const { origin } of content.slices) {
    if (origin.kind === 'input' && origin.name === name && origin.place?.file === file) {
      return { place: origin.place };
    }
  }
  return { place: { file, line: 1, column: 1 } }; // an empty value leaves no character
}

function generated(
  { path, located }: ToExplain,
  rest: Pick<GeneratedFile, 'content' | 'template' | 'rerender' | 'unknownArguments'>,
): GeneratedFile {
  const { content, template, rerender, unknownArguments } = rest;
  const owner = located.package === undefined ? {} : { package: located.package };
  return { path, content, ...owner, template, rerender, unknownArguments };
}

function notPossible(toExplain: ToExplain, reason: string): GeneratedFile {
  return generated(toExplain, {
    content: TracedText.empty,
    template: startOf(toExplain.template),
    rerender: { kind: 'not-possible', reason },
    unknownArguments: [],
  });
}

function startOf(template: Template): Place {
  return { file: template.file, line: 1, column: 1 };
}

/** Where the template says a text, or the tag that it replaced. */
function placeIn(template: Template, text: TracedText): Place | undefined {
  const [first] = text.slices;
  if (first === undefined) return undefined;
  if (first.origin.kind === 'literal' && first.origin.place.file === template.file) return first.origin.place;
  return hopsOf(first.via).find((hop) => hop.kind === 'template')?.place;
}
