import type { Subject } from '../graph/subject.ts';
import type { PathNote } from '../knowledge/knowledge.ts';
import { asManagerReads } from '../service/as-manager-reads.ts';
import { cannotBeFile } from '../service/not-a-file.ts';
import type { NoteOn } from '../service/override-note.ts';
import { findOwnWriters, findWriters, type Writer } from '../service/writers/find-writers.ts';
import { mentionsVariable } from '../service/writers/variables-in.ts';

/** What is known of a file that may take an override, and whether a program writes it anew. */
export function overrideNotes(subject: Subject): NoteOn {
  return (path) => {
    const blocked = cannotBeFile(subject.host, path);
    if (blocked !== undefined) return { blocked };
    const note = subject.noteOn(path);
    const writing = writersToMind(subject, path, note).filter(isSeenToWrite);
    const rewritten = writing.map(rewriting).find((text) => text !== undefined);
    const known =
      asManagerReads(() => subject.host.stat(path)) === undefined ? (note.writer?.variables ?? []) : [];
    return {
      ...note,
      ...(rewritten === undefined ? {} : { rewritten }),
      sets: (name) =>
        known.includes(name) || writing.some((writer) => mentionsVariable(subject.host, writer, name)),
    };
  };
}

/**
 * Of a file that a package or the operator owns nobody else is looked for; of one that knowledge has a word for,
 * in the service itself; of any other, on the whole host.
 */
export function writersToMind(subject: Subject, path: string, note: PathNote): readonly Writer[] {
  if (note.owner !== undefined || note.intended === 'operator') return [];
  if (note.writer !== undefined) return findOwnWriters(subject.host, subject.service, path);
  if (note.survives !== undefined || note.intended !== undefined) return [];
  return findWriters(subject.host, subject.service, path);
}

export function isSeenToWrite(writer: Writer): boolean {
  return writer.kind === 'tmpfiles' || writer.touch.kind === 'writes';
}

function rewriting(writer: Writer): string | undefined {
  if (writer.kind === 'tmpfiles') {
    const { place, writes } = writer.line;
    return writes === 'each time'
      ? `systemd-tmpfiles writes it at every boot (${place.file}:${place.line})`
      : undefined;
  }
  const { unit, directive, place, touch } = writer;
  return `${touch.program} writes it: ${directive}= of ${unit} (${place.file}:${place.line})`;
}
