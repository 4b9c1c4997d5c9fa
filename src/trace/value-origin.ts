import {
  type EnvironmentFile,
  parseEnvironmentFile,
} from '../formats/environment-file/parse-environment-file.ts';
import type { Subject } from '../graph/subject.ts';
import type { GeneratedFile } from '../knowledge/knowledge.ts';
import type { EffectiveVariable } from '../service/environment.ts';
import type { Place } from '../text/place.ts';
import type { Hop } from '../text/hop.ts';
import { TracedText } from '../text/traced-text.ts';

export interface ValueOrigin {
  readonly value: TracedText;
  /** Where the file that sets the variable was generated. */
  readonly generated: GeneratedFile | undefined;
  /** Of an empty value, which has no character to tell by: where the template says its name. */
  readonly named?: readonly Hop[];
}

/**
 * The value of a variable with the origin of each character: where its file was generated and re-renders to
 * the same text at this line, the origins behind the file; otherwise the characters of the file itself.
 */
export function originOfValue(subject: Subject, variable: EffectiveVariable): ValueOrigin {
  const generated = variable.layer.kind === 'file' ? subject.explainFile(variable.layer.path) : undefined;
  if (generated === undefined) return { value: variable.value, generated };
  const { lines, environment } = readingOf(generated);
  const same = environment.assignments.findLast((assignment) => assignment.name === variable.name);
  if (same === undefined || same.value.toString() !== variable.value.toString()) {
    return { value: variable.value, generated };
  }
  if (same.value.length === 0) {
    const name = cutAt(generated.content, lines, same.place, `${same.name}=`.length);
    return { value: same.value, generated, named: name.slices.flatMap(writtenIn) };
  }
  const parts = same.value.slices.map((slice) =>
    slice.origin.kind === 'literal'
      ? cutAt(generated.content, lines, slice.origin.place, slice.text.length)
      : TracedText.empty,
  );
  return { value: TracedText.concat(parts), generated };
}

function writtenIn({ origin, text }: TracedText['slices'][number]): Hop[] {
  return origin.kind === 'literal' ? [{ kind: 'template', place: origin.place, text }] : [];
}

/**
 * The part of a generated file that stands at `place` and reads `text`, with the origins behind it. A file that
 * is the same up to the order of its keys has the text elsewhere: there the first that reads so is taken.
 */
export function originOfPlace(subject: Subject, place: Place, text: string): TracedText | undefined {
  const generated = subject.explainFile(place.file);
  if (generated === undefined) return undefined;
  const there = cutAt(generated.content, readingOf(generated).lines, place, text.length);
  if (there.toString() === text) return there;
  const offset = generated.content.toString().indexOf(text);
  return offset === -1 ? undefined : generated.content.slice(offset, offset + text.length);
}

interface Reading {
  /** Where each line starts. */
  readonly lines: readonly number[];
  readonly environment: EnvironmentFile;
}

/** Read once, however many of a file's variables are traced. */
const readings = new WeakMap<GeneratedFile, Reading>();

function readingOf(generated: GeneratedFile): Reading {
  const known = readings.get(generated);
  if (known !== undefined) return known;
  const text = generated.content.toString();
  const lines = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const reading = { lines, environment: parseEnvironmentFile(generated.path, text) };
  readings.set(generated, reading);
  return reading;
}

function cutAt(content: TracedText, lines: readonly number[], place: Place, length: number): TracedText {
  const start = (lines[place.line - 1] ?? content.length) + place.column - 1;
  return content.slice(start, start + length);
}
