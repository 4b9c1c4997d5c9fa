import type { Chunk } from '../../../../formats/dcos-template/template.ts';
import { type Place, showPlace } from '../../../../text/place.ts';
import type { Argument } from '../arguments/argument.ts';
import { whyNotEvaluated } from '../arguments/why-not-evaluated.ts';
import type { GeneratedFile, Rerender } from './generated-file.ts';
import { whyUnknown } from './why-missing.ts';

/** A rendering of a file, and the arguments that it asked for. */
export interface ToJudge {
  readonly file: GeneratedFile;
  readonly used: ReadonlySet<string>;
}

interface Judging {
  readonly template: { readonly chunks: readonly Chunk[] };
  /** Where the file itself is, links followed. */
  readonly located: { readonly file: string };
  argument(name: string): Argument;
}

/**
 * What may be said of a rendering: not that it is what the sources make where they could not be read or make the
 * generator stop, not that it differs where a value could not be evaluated, and never without what was not checked
 * because only the file itself, or the node's record, told it.
 */
export function judged({ file, used }: ToJudge, judging: Judging): GeneratedFile {
  const reason = whyNotPossible(file, judging);
  if (reason !== undefined) return { ...file, rerender: { kind: 'not-possible', reason } };
  const { rerender } = file;
  return rerender.kind === 'identical'
    ? { ...file, rerender: withTaken(rerender, file, used, judging) }
    : file;
}

function whyNotPossible({ rerender, unknownArguments }: GeneratedFile, judging: Judging): string | undefined {
  if (rerender.kind === 'not-possible') return undefined; // it says why itself
  const names = unknownArguments.map(({ name }) => name);
  const stops = names.map((name) => whyStopped(name, judging)).find((why) => why !== undefined);
  if (stops !== undefined) return stops;
  for (const name of names) {
    const argument = judging.argument(name);
    if (argument.kind !== 'unknown' || argument.cause === 'config') continue;
    if (argument.cause === 'sources' || rerender.kind === 'different') {
      return `${name} is not known: ${whyNotEvaluated(argument)}`;
    }
  }
  return undefined;
}

/** Why the generator would not have made the file; undefined where it would. */
function whyStopped(name: string, judging: Judging): string | undefined {
  const seen = new Set<string>();
  let at = name;
  let argument = judging.argument(at);
  while (argument.kind === 'skipped' && !seen.has(at)) {
    seen.add(at);
    at = argument.because;
    argument = judging.argument(at);
  }
  const needed = at === name ? '' : `, which ${name} needs`;
  switch (argument.kind) {
    case 'error':
      return `${whyUnknown(argument)}${needed === '' ? '' : `: ${at}${needed}`}`;
    case 'unset': {
      const place = placeOfTag(judging.template.chunks, name);
      const where = place === undefined ? '' : ` (${showPlace(place)})`;
      return `the generator would have stopped: nothing sets ${at}${needed}${where}`;
    }
    case 'skipped':
      return `the generator would have stopped: ${name} depends on itself`;
    default:
      return undefined;
  }
}

/** Where a template first asks for an argument. */
function placeOfTag(chunks: readonly Chunk[], name: string): Place | undefined {
  for (const chunk of chunks) {
    if (chunk.kind === 'text') continue;
    if (chunk.kind !== 'for' && chunk.name === name) return chunk.place;
    const bodies =
      chunk.kind === 'switch' ? [...chunk.cases.values()] : chunk.kind === 'for' ? [chunk.body] : [];
    const place = bodies.map((body) => placeOfTag(body, name)).find((found) => found !== undefined);
    if (place !== undefined) return place;
  }
  return undefined;
}

function withTaken(
  rerender: Rerender & { kind: 'identical' },
  { unknownArguments }: GeneratedFile,
  used: ReadonlySet<string>,
  judging: Judging,
): Rerender {
  const { located } = judging;
  const fromFile = new Set(
    unknownArguments.flatMap(({ name, recovered }) => (recovered === undefined ? [] : [name])),
  );
  const fromRecord = new Set<string>();
  const seen = new Set<string>();
  const look = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const known = judging.argument(name);
    if (known.kind !== 'value' || fromFile.has(name)) return;
    if (known.isRecorded === true) fromRecord.add(name);
    else if (known.setter.user && isToldIn(located.file, known.text)) fromFile.add(name);
    for (const needed of [
      ...(known.calledWith?.keys() ?? []),
      ...known.setter.conditions.map((one) => one.name),
    ]) {
      look(needed);
    }
  };
  for (const name of used) look(name);
  return {
    ...rerender,
    ...(fromFile.size === 0 ? {} : { takenFromFile: [...fromFile].sort() }),
    ...(fromRecord.size === 0 ? {} : { takenFromRecord: [...fromRecord].sort() }),
  };
}

function isToldIn(
  file: string,
  { slices }: { readonly slices: readonly { readonly origin: { readonly place?: Place } }[] },
) {
  return slices.some(({ origin }) => origin.place?.file === file);
}
