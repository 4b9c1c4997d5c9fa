import type { FileTraceArgument } from '../../documents/file-trace.ts';
import type { Trace } from '../../documents/trace.ts';
import type { Subject } from '../../graph/subject.ts';
import type { GeneratedFile } from '../../knowledge/knowledge.ts';
import { overridePlaces } from '../../service/overrides.ts';
import { generatorOverrides } from '../generator-overrides.ts';
import { overrideNotes } from '../override-notes.ts';

type Overrides = Required<Pick<Trace, 'overrides' | 'futileOverrides'>>;

/**
 * Where an operator's own version of what a generated file says would last: the variable of a service that names the
 * file, which can name another, and the generator's own config. The file itself is made anew.
 */
export function overridesInFile(
  path: string,
  generated: GeneratedFile,
  made: readonly FileTraceArgument[],
  readers: readonly Subject[],
): Overrides {
  const byGenerator = generatorOverrides(generated, made);
  const [reader] = readers;
  const note = reader?.noteOn(path);
  const reasons = [note?.owner === undefined ? undefined : `belongs to ${note.owner}`, note?.purpose];
  const known = reasons.filter((reason) => reason !== undefined).join(', ');
  return {
    overrides: [...readers.flatMap((subject) => byAnotherFile(subject, path)), ...byGenerator.overrides],
    futileOverrides: [
      { file: path, why: `it is generated${known === '' ? '' : `: ${known}`}` },
      ...byGenerator.futile,
    ],
  };
}

/** A variable whose value is the path, or a `file://` URL of it, can be given another. */
function byAnotherFile(subject: Subject, path: string): Overrides['overrides'] {
  const { service } = subject;
  return [...service.environment.effective].flatMap(([name, { value }]) => {
    const text = value.toString();
    if (text !== path && text !== `file://${path}`) return [];
    const [place] = overridePlaces(service, name, overrideNotes(subject));
    if (place === undefined) return [];
    const { file, exists, survives, why } = place;
    return [
      {
        file,
        exists,
        survives,
        why: `${name} of ${service.name} names the file: let it name a copy of your own; ${why}`,
      },
    ];
  });
}
