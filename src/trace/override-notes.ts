import type { Subject } from '../graph/subject.ts';
import type { NoteOn } from '../service/override-note.ts';
import { findWriters, type Writer } from '../service/writers/find-writers.ts';

/**
 * What is known of a file that may take an override, and whether a program writes it anew. Whether it does is
 * looked up only where nothing else is known of the file.
 */
export function overrideNotes(subject: Subject): NoteOn {
  return (path) => {
    const note = subject.noteOn(path);
    if (note.intended !== undefined || note.owner !== undefined || note.survives !== undefined) return note;
    const rewritten = findWriters(subject.host, subject.service, path)
      .map(rewriting)
      .find((text) => text !== undefined);
    return rewritten === undefined ? note : { ...note, rewritten };
  };
}

function rewriting(writer: Writer): string | undefined {
  if (writer.kind === 'tmpfiles') {
    const { place, writes } = writer.line;
    return writes === 'each time'
      ? `systemd-tmpfiles writes it at every boot (${place.file}:${place.line})`
      : undefined;
  }
  if (writer.touch.kind !== 'writes') return undefined;
  const { unit, directive, place, touch } = writer;
  return `${touch.program} writes it: ${directive}= of ${unit} (${place.file}:${place.line})`;
}
