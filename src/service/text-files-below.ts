import type { FileFacts, Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

const MOST_FILES = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;
const DEEPEST = 8;
/** Of one file, in bytes. */
export const LARGEST_TEXT = 256 * 1024;

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What came of a search. */
export interface Searched {
  /** How many files were read. */
  readonly files: number;
  /** It was given up after so many files, or after too many bytes. */
  readonly isCut: boolean;
  /** Files that are larger than what is read of one. */
  readonly tooLarge: readonly string[];
}

/**
 * Hands every text file at or below `paths` to `look`, each once; binary and large files are left out. Links are not followed,
 * but for those to files that `follows` says.
 */
export function textFilesBelow(
  host: Host,
  paths: readonly string[],
  look: (file: TextFile) => void,
  follows: (link: string) => boolean = () => false,
): Searched {
  const seen = new Set<string>();
  const tooLarge: string[] = [];
  let bytes = 0;
  let isCut = false;
  const isFull = (): boolean => seen.size >= MOST_FILES || bytes >= MOST_BYTES;
  const visit = (path: string, facts: FileFacts | undefined, depth: number): void => {
    if (facts?.type === 'file') read(path, facts.size);
    if (facts?.type === 'directory' && depth < DEEPEST) {
      const entries = ifReadable(() => host.entries(path, MOST_FILES)) ?? [];
      for (const [name, entry] of entries) visit(`${path}/${name}`, entry, depth + 1);
    }
    if (facts?.type !== 'link' || !follows(path)) return;
    const target = ifReadable(() => host.realPath(path));
    const led = target === undefined ? undefined : ifReadable(() => host.stat(path));
    if (target !== undefined && led?.type === 'file') read(target, led.size);
  };
  const read = (path: string, size: number): void => {
    if (seen.has(path)) return;
    if (isFull()) {
      isCut = true;
      return;
    }
    if (size > LARGEST_TEXT) {
      tooLarge.push(path);
      return;
    }
    seen.add(path);
    bytes += size;
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(path, LARGEST_TEXT)));
    if (text !== undefined && !text.includes('\0')) look({ path, text });
  };
  for (const path of paths)
    visit(
      path,
      ifReadable(() => host.lstat(path)),
      0,
    );
  return { files: seen.size, isCut, tooLarge };
}
