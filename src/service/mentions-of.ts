import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

const FILE_SIZE_LIMIT = 256 * 1024 * 1024;

/**
 * Whether the bytes of an object have a text that ends there: its names of options and variables stand in it as they
 * are. What stands before it does not count, for linkers let the ends of longer texts serve as shorter ones. True
 * for a file that can not be read: nothing is said of it then. A file is read once, whatever is looked for.
 */
export function mentionsOf(host: Host): (object: LoadedObject, text: string) => boolean {
  const contents = new Map<string, Buffer | undefined>();
  return ({ path, realPath }, text) => {
    if (!contents.has(realPath)) {
      const bytes = ifReadable(() => host.readFile(path, FILE_SIZE_LIMIT));
      contents.set(realPath, bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    }
    const content = contents.get(realPath);
    if (content === undefined) return true;
    for (let at = content.indexOf(text); at !== -1; at = content.indexOf(text, at + 1)) {
      if (!/[A-Za-z0-9_-]/.test(String.fromCodePoint(content[at + text.length] ?? 0))) return true;
    }
    return false;
  };
}
