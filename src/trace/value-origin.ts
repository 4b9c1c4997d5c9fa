import type { Rerender } from '../documents/trace.ts';
import { parseEnvironmentFile } from '../formats/environment-file/parse-environment-file.ts';
import type { Subject } from '../graph/subject.ts';
import type { EffectiveVariable } from '../service/environment.ts';
import type { Place } from '../text/place.ts';
import { TracedText } from '../text/traced-text.ts';

export interface ValueOrigin {
  readonly value: TracedText;
  readonly rerender: Rerender | undefined;
}

/**
 * The value of a variable with the origin of each character: where its file was generated and re-renders to
 * the same text at this line, the origins behind the file; otherwise the characters of the file itself.
 */
export function originOfValue(subject: Subject, variable: EffectiveVariable): ValueOrigin {
  const here: ValueOrigin = { value: variable.value, rerender: undefined };
  if (variable.layer.kind !== 'file') return here;
  const generated = subject.explainFile(variable.layer.path);
  if (generated === undefined) return here;
  const again = parseEnvironmentFile(variable.layer.path, generated.content.toString());
  const same = again.assignments.findLast((assignment) => assignment.name === variable.name);
  if (same === undefined || same.value.toString() !== variable.value.toString()) {
    return { value: variable.value, rerender: generated.rerender };
  }
  const lines = lineStarts(generated.content);
  const parts = same.value.slices.map((slice) =>
    slice.origin.kind === 'literal'
      ? cutAt(generated.content, lines, slice.origin.place, slice.text.length)
      : TracedText.empty,
  );
  return { value: TracedText.concat(parts), rerender: generated.rerender };
}

/**
 * The part of a generated file that stands at `place` and reads `text`, with the origins behind it. A file that
 * is the same up to the order of its keys has the text elsewhere: there the first that reads so is taken.
 */
export function originOfPlace(subject: Subject, place: Place, text: string): TracedText | undefined {
  const generated = subject.explainFile(place.file);
  if (generated === undefined) return undefined;
  const there = cutAt(generated.content, lineStarts(generated.content), place, text.length);
  if (there.toString() === text) return there;
  const offset = generated.content.toString().indexOf(text);
  return offset === -1 ? undefined : generated.content.slice(offset, offset + text.length);
}

function cutAt(content: TracedText, lines: readonly number[], place: Place, length: number): TracedText {
  const start = (lines[place.line - 1] ?? content.length) + place.column - 1;
  return content.slice(start, start + length);
}

function lineStarts(content: TracedText): number[] {
  const starts = [0];
  for (const match of content.toString().matchAll(/\n/g)) starts.push(match.index + 1);
  return starts;
}
