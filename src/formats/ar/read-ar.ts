import { MalformedArchive } from '../archive/malformed-archive.ts';

const MAGIC = '!<arch>\n';
const HEADER_SIZE = 60;
const MAX_MEMBERS = 1000;

export interface ArMember {
  readonly name: string;
  readonly content: Uint8Array;
}

export function isAr(bytes: Uint8Array): boolean {
  return text(bytes, 0, MAGIC.length) === MAGIC;
}

/** The members of an ar archive such as a .deb, in order. Throws `MalformedArchive`. Source: ar(5), deb(5). */
export function readAr(bytes: Uint8Array): ArMember[] {
  const members: ArMember[] = [];
  for (let at = MAGIC.length; at < bytes.length; ) {
    const size = text(bytes, at + 48, at + 58).trimEnd();
    if (
      text(bytes, at + 58, at + HEADER_SIZE) !== '`\n' ||
      !/^\d+$/.test(size) ||
      members.length >= MAX_MEMBERS
    )
      throw new MalformedArchive(`its header at byte ${at} is damaged`);
    const start = at + HEADER_SIZE;
    const end = start + Number(size);
    if (end > bytes.length)
      throw new MalformedArchive(`it ends after ${bytes.length} bytes, in the middle of a part`);
    members.push({
      name: text(bytes, at, at + 16)
        .trimEnd()
        .replace(/\/$/, ''),
      content: bytes.subarray(start, end),
    });
    at = end + (end % 2);
  }
  return members;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}
