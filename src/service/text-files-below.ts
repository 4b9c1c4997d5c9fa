import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

const MOST_FILES = 20_000;
const DEEPEST = 8;
const SIZE_LIMIT = 256 * 1024;

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What came of a search: how many files were read, and whether it was given up after so many. */
export interface Searched {
  readonly files: number;
  readonly isCut: boolean;
}

/** Hands every text file at or below `paths` to `look`, each once; links are not followed, binary and large files left out. */
export function textFilesBelow(
  host: Host,
  paths: readonly string[],
  look: (file: TextFile) => void,
): Searched {
  const seen = new Set<string>();
  const visit = (path: string, depth: number): void => {
    const facts = ifReadable(() => host.lstat(path));
    if (facts?.type === 'directory' && depth < DEEPEST) {
      for (const name of ifReadable(() => host.list(path)) ?? []) visit(`${path}/${name}`, depth + 1);
    }
    if (facts?.type !== 'file' || facts.size > SIZE_LIMIT || seen.size >= MOST_FILES || seen.has(path))
      return;
    seen.add(path);
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)));
    if (text !== undefined && !text.includes('\0')) look({ path, text });
  };
  for (const path of paths) visit(path, 0);
  return { files: seen.size, isCut: seen.size >= MOST_FILES };
}
