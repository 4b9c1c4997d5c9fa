/** The ways to compress a whole file that are in use for archives. */
export type Compression = 'gzip' | 'xz' | 'zstd' | 'bzip2' | 'lzip';

const MAGIC: readonly (readonly [start: string, compression: Compression])[] = [
  ['1f8b', 'gzip'],
  ['fd377a585a00', 'xz'],
  ['28b52ffd', 'zstd'],
  ['425a68', 'bzip2'],
  ['4c5a4950', 'lzip'],
];
const LONGEST_MAGIC = 6;

/** What its first bytes say it is compressed with. Sources: RFC 1952, 8878; the formats' own descriptions; file(1). */
export function compressionOf(bytes: Uint8Array): Compression | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_MAGIC)).toString('hex');
  return MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
}
