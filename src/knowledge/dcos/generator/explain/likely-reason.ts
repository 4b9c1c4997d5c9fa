import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';
import { showPlace } from '../../../../text/place.ts';
import { isSecret } from '../../../../text/secrets.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Argument, ArgumentValue } from '../arguments/argument.ts';
import { argumentsInLine } from './arguments-in-line.ts';
import { explainFile, type ToExplain } from './explain-file.ts';
import type { Rerender, UnknownArgument } from './generated-file.ts';
import { isOfConfig } from './is-of-config.ts';
import { showSource } from './show-source.ts';
import { writtenLater } from './written-later.ts';

const LONGEST_VALUE = 80;
const INSTALLED = /^\/opt\/mesosphere\/(?:bin|etc|check)\//;

/** What is told of a file that is not what its sources make. */
export interface Different {
  readonly toExplain: ToExplain;
  /** The rendering, as far as it is known, and the first lines that differ. */
  readonly rendered: TracedText;
  readonly lines: Pick<Rerender & { kind: 'different' }, 'expected' | 'found' | 'path' | 'isOnly'>;
  readonly secrets: ReadonlySet<string>;
  /** Those of the generator. */
  readonly sources: { readonly directory: string };
  /** The arguments that are not known. */
  readonly unknown: readonly UnknownArgument[];
  /** What the node recorded that an argument was. */
  recorded(name: string): TracedText | undefined;
}

/**
 * What most likely made a file differ from its rendering, for people; undefined where nothing speaks for anything.
 * Told from the file's facts first: an edited value looks like that of another config.
 */
export function likelyReason(host: Host, different: Different): string | undefined {
  const { toExplain } = different;
  const { path, located, found } = toExplain;
  if (found.kind !== 'text') return undefined;
  const rendered = different.rendered.toString();
  if (withoutBlanks(found.text) === withoutBlanks(rendered)) {
    return 'only blanks and line ends differ: an editor, or a copy by hand';
  }
  if (INSTALLED.test(path) && isRegularFile(host, path)) {
    return `edited by hand: ${path} is a file of its own, where pkgpanda puts a link into the package`;
  }
  const later = located.package === undefined ? undefined : writtenLater(host, located.file);
  if (later !== undefined) return `edited by hand: ${later}${onlyLine(rendered, found.text)}`;
  const config = anotherConfig(different);
  if (config !== undefined) return config;
  const told = unknownValue(different) ?? valueInJson(different);
  if (told !== undefined) return told;
  const line = onlyLine(rendered, found.text);
  return line === '' ? undefined : `edited by hand${line}`;
}

function unknownValue({ unknown, lines }: Different): string | undefined {
  const value = unknown.find(({ name }) => lines.expected.includes(`{{ ${name} }}`));
  if (value === undefined) return undefined;
  return `the value of ${value.name}, which belongs there, is not known: ${value.reason}`;
}

function valueInJson({ lines: { path, isOnly } }: Different): string | undefined {
  if (path === undefined) return undefined;
  const what = isOnly === true ? `only ${path} differs` : `${path} is the first that differs`;
  return `edited by hand and laid out anew: as JSON, ${what}`;
}

/**
 * With what the config decides left open the file is its template, or its first line that differs: the values it has
 * there are of another config.
 */
function anotherConfig(different: Different): string | undefined {
  const { toExplain, secrets, sources, rendered, lines } = different;
  const isOpen = (name: string) => {
    const known = toExplain.argument(name);
    return known.kind === 'value' && isOfConfig(known, (other) => toExplain.argument(other));
  };
  const argument = (name: string): Argument =>
    isOpen(name) ? { kind: 'unknown', reason: 'the config decides it' } : toExplain.argument(name);
  const opened = explainFile({ ...toExplain, argument });
  const told =
    opened?.rerender.kind === 'identical'
      ? opened.unknownArguments.map(({ name, recovered }) => [name, recovered] as const)
      : [...argumentsInLine(rendered, lines, isOpen)];
  const changed = told.filter(([name, recovered]) => {
    const known = toExplain.argument(name);
    return recovered !== undefined && known.kind === 'value' && known.text.toString() !== recovered;
  });
  const names = new Set(changed.map(([name]) => name));
  let asRecorded: string | undefined;
  const others = changed.flatMap(([name, recovered = '']) => {
    const known = toExplain.argument(name);
    if (known.kind !== 'value' || followsFrom(known, names)) return [];
    const record = different.recorded(name);
    if (record?.toString() === known.text.toString()) {
      const place = record.slices[0]?.origin.place;
      asRecorded ??= `edited by hand: ${place === undefined ? 'the node' : showPlace(place)} recorded ${name} as the sources give it`;
      return [];
    }
    const isHidden = secrets.has(name) || isSecret(name, recovered);
    const place = known.text.slices.find(({ origin }) => origin.place !== undefined)?.origin.place;
    const at = place === undefined ? '' : ` (${showSource(place, sources)})`;
    return isHidden
      ? [`${name} was another one, a secret${at}`]
      : [`${name} was ${quoted(recovered)}, not ${quoted(known.text.toString())}${at}`];
  });
  return others.length === 0 ? asRecorded : `made with another config: ${others.join('; ')}`;
}

/** Whether a value is calculated from one of these arguments: it is another because they are. */
function followsFrom({ calledWith }: ArgumentValue, names: ReadonlySet<string>): boolean {
  return [...(calledWith?.keys() ?? [])].some((name) => names.has(name));
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function isRegularFile(host: Host, path: string): boolean {
  return ifReadable(() => host.lstat(path))?.type === 'file';
}

/** `: only line 3 differs`, when all others are as they should be; or the number of lines put in or left out. */
function onlyLine(rendered: string, found: string): string {
  const [expected, actual] = [rendered.split('\n'), found.split('\n')];
  let same = 0;
  while (same < Math.min(expected.length, actual.length) && expected[same] === actual[same]) same += 1;
  let end = 0;
  while (
    end < Math.min(expected.length, actual.length) - same &&
    expected.at(-1 - end) === actual.at(-1 - end)
  ) {
    end += 1;
  }
  const [gone, come] = [expected.length - same - end, actual.length - same - end];
  if (gone === 1 && come === 1) return `: only line ${same + 1} differs`;
  if (gone === 0)
    return `: ${come === 1 ? `line ${same + 1} was` : `lines ${same + 1} to ${same + come} were`} put in`;
  if (come === 0)
    return `: ${gone === 1 ? 'a line was' : `${gone} lines were`} taken out before line ${same + 1}`;
  return '';
}

function quoted(text: string): string {
  const line = text.replaceAll('\n', '\\n');
  return `"${line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line}"`;
}
