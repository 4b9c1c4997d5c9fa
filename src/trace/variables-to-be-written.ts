import type { Subject } from '../graph/subject.ts';
import { variablesIn } from '../service/writers/variables-in.ts';
import { absentFiles } from './absent-files.ts';
import { isSeenToWrite, writersToMind } from './override-notes.ts';

/** Variables that no file has today, because the program that writes them has not run; sorted. */
export function variablesToBeWritten(subject: Subject): string[] {
  const names = absentFiles(subject).flatMap((path) => {
    const note = subject.noteOn(path);
    const seen = writersToMind(subject, path, note).filter(isSeenToWrite);
    return [
      ...seen.flatMap((writer) => variablesIn(subject.host, writer)),
      ...(note.writer?.variables ?? []),
    ];
  });
  return [...new Set(names)].sort();
}
