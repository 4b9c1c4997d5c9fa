import type { ByteSource } from './byte-source.ts';
import { parseDlopenNote, parsePackageNote, type DlopenNote, type PackageNote } from './json-notes.ts';
import type { Segment } from './segments.ts';
import { type ByteOrder, StructView } from './struct-view.ts';

/** What a file says of itself to people and to packagers. */
export interface ElfNotes {
  /** The `GNU` build id as lower-case hexadecimal. */
  readonly buildId: string | undefined;
  /** `.note.package`: which package the file was built for. */
  readonly packageNote: PackageNote | undefined;
  /** `.note.dlopen`: what it opens while it runs. */
  readonly dlopenNotes: readonly DlopenNote[];
}

const MOST_NOTES = 65_536; // bytes of one segment that are looked at
const MOST_SEGMENTS = 64;
const BUILD_ID = 3;
const PACKAGE = 0xcafe1a7e;
const DLOPEN = 0x407c0c0a;

/** Reads the notes of the program headers; what is damaged in them is passed over, no loader looks at it. */
export function readNotes(source: ByteSource, segments: readonly Segment[], order: ByteOrder): ElfNotes {
  let buildId: string | undefined;
  let packageNote: PackageNote | undefined;
  const dlopenNotes: DlopenNote[] = [];
  const noteSegments = segments.filter(({ type }) => type === 'note');
  for (const segment of noteSegments.slice(0, MOST_SEGMENTS)) {
    const bytes = source.read(segment.offset, Math.min(segment.fileSize, MOST_NOTES));
    for (const { owner, type, content } of notesIn(bytes, order, segment.alignment === 8 ? 8 : 4)) {
      if (owner === 'GNU' && type === BUILD_ID)
        buildId ??= Buffer.from(content.buffer, content.byteOffset, content.length).toString('hex');
      if (owner === 'FDO' && type === PACKAGE) packageNote ??= parsePackageNote(textOf(content));
      if (owner === 'FDO' && type === DLOPEN) dlopenNotes.push(...parseDlopenNote(textOf(content)));
    }
  }
  return { buildId, packageNote, dlopenNotes };
}

interface Note {
  readonly owner: string;
  readonly type: number;
  readonly content: Uint8Array;
}

function* notesIn(bytes: Uint8Array, order: ByteOrder, alignment: number): Generator<Note> {
  const view = new StructView(bytes, order);
  const padded = (size: number) => Math.ceil(size / alignment) * alignment;
  let at = 0;
  while (at + 12 <= bytes.length) {
    const [nameSize, size, type] = [view.u32(at), view.u32(at + 4), view.u32(at + 8)];
    const start = at + padded(12 + nameSize);
    if (start + size > bytes.length) return;
    yield {
      owner: textOf(bytes.subarray(at + 12, at + 12 + Math.min(nameSize, 64))),
      type,
      content: bytes.subarray(start, start + size),
    };
    at = start + padded(size);
  }
}

/** Up to the first NUL. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.buffer, bytes.byteOffset, end === -1 ? bytes.length : end).toString('utf8');
}
