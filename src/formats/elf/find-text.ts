import type { ByteSource } from './byte-source.ts';
import type { Elf } from './parse-elf.ts';

const PIECE = 1024 * 1024;
/** In bytes: a match that spans two pieces is found when it is no longer. */
const OVERLAP = 8192;
/** In bytes, of all segments that are looked through. */
const MOST = 256 * 1024 * 1024;

/**
 * The first match of a pattern in the constant data of a file: the load segments that can not be written to, seen as
 * Latin-1 text. The pattern must not be global.
 */
export function findText(
  source: ByteSource,
  elf: Pick<Elf, 'segments'>,
  pattern: RegExp,
): RegExpExecArray | undefined {
  for (const text of constantTexts(source, elf)) {
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return undefined;
}

/** Every distinct match in the constant data, in the order of the file. The pattern must be global. */
export function findTexts(source: ByteSource, elf: Elf, pattern: RegExp): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of constantTexts(source, elf)) {
    for (const [match] of text.matchAll(pattern)) found.add(match);
  }
  return found;
}

function* constantTexts(source: ByteSource, { segments }: Pick<Elf, 'segments'>): Generator<string> {
  let left = MOST;
  for (const { type, writable, offset, fileSize } of segments) {
    if (type !== 'load' || writable) continue;
    const end = Math.min(source.size, offset + fileSize, offset + left);
    left -= Math.max(0, end - offset);
    for (let at = offset; at < end; at += PIECE) {
      const bytes = source.read(at, Math.min(PIECE + OVERLAP, end - at));
      yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    }
  }
}
