import { MalformedArchive } from '../archive/malformed-archive.ts';
import { readPax } from './read-pax.ts';
import { BLOCK, readTarHeader, type TarHeader } from './tar-header.ts';

/** One entry of a tar archive, nothing of it judged but that its bytes are there. */
export interface TarEntry {
  /** As written; not yet looked at. */
  readonly name: Uint8Array;
  /** What a link leads to, as written; empty for what is no link. */
  readonly linkName: Uint8Array;
  readonly type: TarEntryType;
  /** Permission bits, set-ID bits among them. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Of a regular file; empty for others. */
  readonly content: Uint8Array;
  /** Names of extended attributes that the archive carries for it, such as `security.capability`. */
  readonly attributes: readonly string[];
}

export type TarEntryType =
  | 'file'
  | 'hard-link'
  | 'link'
  | 'directory'
  | 'character-device'
  | 'block-device'
  | 'pipe';

const MAX_ENTRIES = 200_000;
const MAX_EXTENDED_HEADER = 1024 * 1024;

const TYPES: Readonly<Record<string, TarEntryType>> = {
  '0': 'file',
  '1': 'hard-link',
  '2': 'link',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'pipe',
  '7': 'file',
};
/** What GNU tar and pax write for the entry that follows. */
interface Ahead {
  readonly name?: Uint8Array;
  readonly linkName?: Uint8Array;
  readonly records?: ReadonlyMap<string, Uint8Array>;
}

/**
 * The entries of a tar archive, in order: ustar, pax and GNU's form. Throws `MalformedArchive` for what is damaged, cut
 * off, or would be read by different programs in different ways. Source: POSIX.1-2017, pax; GNU tar manual, "Basic Tar Format".
 */
export function readTar(bytes: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let ahead: Ahead = {};
  let at = 0;
  for (;;) {
    const header = readTarHeader(bytes, at);
    if (header === undefined) break;
    const { type } = header;
    const isAhead = 'xgLK'.includes(type);
    const size = isAhead ? header.size : sizeOf(header, ahead, at);
    const content = contentAt(bytes, at + BLOCK, size);
    if (isAhead) ahead = { ...ahead, ...aheadOf(type, content, at) };
    else {
      if (entries.length >= MAX_ENTRIES)
        throw new MalformedArchive(`it has more than ${MAX_ENTRIES} entries`);
      entries.push(entryOf(header, ahead, content, at));
      ahead = {};
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  if (readTarHeader(bytes, at + BLOCK) !== undefined || bytes.subarray(at).some((byte) => byte !== 0))
    throw new MalformedArchive(`something follows its end mark at byte ${at}`);
  if (ahead.name !== undefined || ahead.linkName !== undefined || ahead.records !== undefined)
    throw new MalformedArchive('it ends after an extended header, without the entry that is meant');
  return entries;
}

function aheadOf(type: string, content: Uint8Array, at: number): Ahead {
  if (content.length > MAX_EXTENDED_HEADER)
    throw new MalformedArchive(`its extended header at byte ${at} has ${content.length} bytes`);
  if (type === 'L') return { name: untilZero(content) };
  if (type === 'K') return { linkName: untilZero(content) };
  const records = readPax(content, at);
  if (type === 'x') return { records };
  const changed = [...records.keys()].find((key) => key !== 'comment');
  if (changed === undefined) return {};
  throw new MalformedArchive(
    `its header at byte ${at} sets ${JSON.stringify(changed)} for every entry after it`,
  );
}

function entryOf(header: TarHeader, ahead: Ahead, content: Uint8Array, at: number): TarEntry {
  const records = ahead.records ?? new Map<string, Uint8Array>();
  const isSparse = header.type === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse.'));
  if (isSparse)
    throw new MalformedArchive(
      `its entry at byte ${at} is a sparse file, which is not read here`,
      'Pack it anew, without --sparse.',
    );
  const known = TYPES[header.type];
  if (known === undefined)
    throw new MalformedArchive(
      `its entry at byte ${at} is of a kind that is not known (${JSON.stringify(header.type)})`,
    );
  const name = records.get('path') ?? ahead.name ?? header.name;
  // Before POSIX had a type for it, a directory was a file whose name ends so.
  const type = known === 'file' && name.at(-1) === 0x2f ? 'directory' : known;
  if (type !== 'file' && content.length > 0)
    throw new MalformedArchive(
      `its entry at byte ${at} is no file and has ${content.length} bytes of content`,
    );
  return {
    name,
    linkName:
      type === 'link' || type === 'hard-link'
        ? (records.get('linkpath') ?? ahead.linkName ?? header.linkName)
        : new Uint8Array(),
    type,
    mode: header.mode & 0o7777,
    mtime: secondsOf(records.get('mtime')) ?? header.mtime,
    content,
    attributes: [...records.keys()].flatMap(
      (key) => /^(?:SCHILY\.xattr|LIBARCHIVE\.xattr|RHT)\.(.+)$/s.exec(key)?.[1] ?? [],
    ),
  };
}

function sizeOf(header: TarHeader, { records }: Ahead, at: number): number {
  const written = records?.get('size');
  if (written === undefined) return header.size;
  const text = Buffer.from(written).toString('latin1');
  if (!/^\d{1,15}$/.test(text))
    throw new MalformedArchive(`its extended header before byte ${at} is damaged`);
  return Number(text);
}

function contentAt(bytes: Uint8Array, at: number, size: number): Uint8Array {
  if (at + size > bytes.length)
    throw new MalformedArchive(
      `it ends after ${bytes.length} bytes, in the middle of a file: it was cut off`,
    );
  return bytes.subarray(at, at + size);
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

function secondsOf(written: Uint8Array | undefined): number | undefined {
  const text = written === undefined ? '' : Buffer.from(written).toString('latin1');
  return /^-?\d{1,12}(\.\d*)?$/.test(text) ? Number(text) : undefined;
}
