import type { Switch, Template } from '../../../../formats/dcos-template/template.ts';
import { hopsOf } from '../../../../text/hop.ts';
import type { Place } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { type Choices, combinations, holdsItems, mentions, undecidedSwitches } from '../files/choices.ts';
import { type Compared, compareRendered } from './compare-rendered.ts';
import type { GeneratedFile, UnknownArgument } from './generated-file.ts';
import { Holes } from './holes.ts';
import type { Located } from './locate-generated.ts';
import type { TemplateFile } from '../files/package-files.ts';
import { renderedFiles } from '../files/rendered-files.ts';
import type { Argument } from '../arguments/resolve-arguments.ts';

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
}

type Trusted = (argument: Argument) => boolean;

/**
 * Re-renders one file and compares it with the node's. Tried in turn: the values that the sources say; then,
 * because the operator's config may have said otherwise, with holes for all that it could have set. Undefined
 * when the template says no such file.
 */
export function explainFile(toExplain: ToExplain): GeneratedFile | undefined {
  const asWritten = explainTrusting(toExplain, (argument) => argument.kind === 'value');
  if (asWritten?.rerender.kind !== 'different') return asWritten;
  const overridden = explainTrusting(toExplain, (argument) => argument.kind === 'value' && argument.settled);
  return overridden?.rerender.kind === 'identical' ? overridden : asWritten;
}

/** Tries the cases of those undecided switches that may have a part in the file. */
function explainTrusting(toExplain: ToExplain, trusted: Trusted): GeneratedFile | undefined {
  const { template, located } = toExplain;
  const undecided = undecidedSwitches(template.chunks, (name) => trusted(toExplain.argument(name)));
  let relevant = undecided.filter((chunk) => mentions([chunk], located.path));
  for (;;) {
    const ways = combinations(relevant);
    if (ways === undefined) return notPossible(toExplain, 'too many switches depend on unknown arguments');
    const attempts = ways.flatMap((choices) => attempt(toExplain, trusted, choices));
    const within = undecided.filter(
      (chunk) =>
        !relevant.includes(chunk) && !holdsItems(chunk) && attempts.some((tried) => tried.covers(chunk)),
    );
    if (within.length === 0) return best(attempts);
    relevant = [...relevant, ...within];
  }
}

interface Attempt {
  readonly file: GeneratedFile;
  readonly choices: Choices;
  /** Whether a switch stands in the part of the template that says the file. */
  covers(chunk: Switch): boolean;
}

/** The first that is identical, else the one that fits furthest. What others agree without is not told by the file. */
function best(attempts: readonly Attempt[]): GeneratedFile | undefined {
  const identical = attempts.filter(({ file }) => file.rerender.kind === 'identical');
  const [chosen] = identical.length > 0 ? identical : [...attempts].sort(byFit);
  if (chosen === undefined) return undefined;
  const switches = [...chosen.choices].map(([name, value]): UnknownArgument => {
    const isTold = identical.length > 0 && identical.every(({ choices }) => choices.get(name) === value);
    return withRecovered({ name, reason: 'a switch depends on it' }, isTold ? value : undefined);
  });
  return { ...chosen.file, unknownArguments: [...switches, ...chosen.file.unknownArguments] };
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
  const trustedText = (name: string) => {
    const argument = toExplain.argument(name);
    return argument.kind === 'value' && trusted(argument) ? argument.text : undefined;
  };
  const rendered = renderedFiles(template, {
    text: (name) => {
      const text = trustedText(name);
      if (text !== undefined) return text;
      const reason = reasonOf(toExplain.argument(name));
      reasons.set(name, reason);
      return holes.make(name, reason);
    },
    choice: (chunk) => trustedText(chunk.name)?.toString() ?? choices.get(chunk.name) ?? null,
  });
  if (rendered.kind === 'fault') {
    const file = mentions(template.chunks, located.path)
      ? notPossible(toExplain, rendered.reason)
      : undefined;
    return file === undefined ? [] : [{ file, choices, covers: () => false }];
  }
  const item = rendered.files.findLast((file) => file.path.toString() === located.path);
  if (item === undefined) return [];
  const compared = compareWithNode(toExplain, item, holes);
  const unknownArguments = [...reasons]
    .filter(([name]) => item.content.slices.some((slice) => holes.nameOf(slice.origin) === name))
    .map(([name, reason]) => withRecovered({ name, reason }, compared.recovered.get(name)));
  const place = placeIn(template, item.path) ?? startOf(template);
  const file = generated(toExplain, { ...compared, template: place, unknownArguments });
  const next = nextItem(template, rendered.files, place);
  return [{ file, choices, covers: ({ place: at }) => at.line > place.line && at.line < next }];
}

function compareWithNode(toExplain: ToExplain, item: TemplateFile, holes: Holes): Compared {
  const { found, located } = toExplain;
  if (found.kind === 'text') return compareRendered(item.content, holes, located.file, found.text);
  const content = holes.fill(item.content, () => undefined);
  return { content, recovered: new Map(), rerender: { kind: 'not-possible', reason: found.reason } };
}

function withRecovered(argument: UnknownArgument, recovered: string | undefined): UnknownArgument {
  return recovered === undefined ? argument : { ...argument, recovered };
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

function reasonOf(argument: Argument): string {
  switch (argument.kind) {
    case 'unknown':
      return argument.reason;
    case 'error':
      return `the generator would have stopped: ${argument.message}`;
    case 'value':
      return "the operator's config may have set it";
  }
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

/** The line that the item behind the one at `place` begins on. */
function nextItem(template: Template, files: readonly TemplateFile[], place: Place): number {
  const lines = files.map((file) => placeIn(template, file.path)?.line ?? 0);
  return Math.min(...lines.filter((line) => line > place.line), Number.POSITIVE_INFINITY);
}
