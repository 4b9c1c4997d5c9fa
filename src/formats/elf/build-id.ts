import type { ByteSource } from './byte-source.ts';
import type { Segment } from './segments.ts';
import { type ByteOrder, StructView } from './struct-view.ts';

const MOST_NOTES = 65_536; // bytes of one segment that are looked at

/** The `GNU` build id note as lower-case hexadecimal, when the file carries one. */
export function readBuildId(
  source: ByteSource,
  segments: readonly Segment[],
  order: ByteOrder,
): string | undefined {
  for (const segment of segments) {
    if (segment.type !== 'note' || segment.offset >= source.size) continue;
    const bytes = source.read(segment.offset, Math.min(segment.fileSize, MOST_NOTES));
    const id = buildIdIn(bytes, order, segment.alignment === 8 ? 8 : 4);
    if (id !== undefined) return id;
  }
  return undefined;
}

function buildIdIn(bytes: Uint8Array, order: ByteOrder, alignment: number): string | undefined {
  const view = new StructView(bytes, order);
  const padded = (size: number) => Math.ceil(size / alignment) * alignment;
  let at = 0;
  while (at + 12 <= bytes.length) {
    const [nameSize, size, type] = [view.u32(at), view.u32(at + 4), view.u32(at + 8)];
    const content = at + padded(12 + nameSize);
    if (content + size > bytes.length) return undefined;
    const name = Buffer.from(bytes.subarray(at + 12, at + 12 + nameSize)).toString('latin1');
    if (name === 'GNU\0' && type === 3)
      return Buffer.from(bytes.subarray(content, content + size)).toString('hex');
    at = content + padded(size);
  }
  return undefined;
}
