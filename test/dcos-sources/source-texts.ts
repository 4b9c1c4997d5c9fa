import type { Host } from '../../src/host/host.ts';
import { HostError } from '../../src/host/host.ts';
import type { Place } from '../../src/text/place.ts';

/** The files of the sources, read once, for looking up what stands at a place. */
export class SourceTexts {
  readonly #host: Host;
  readonly #files = new Map<string, File | undefined>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** What stands at the place, `length` UTF-16 units of it; undefined where there is no such place. */
  textAt(place: Place, length: number): string | undefined {
    const file = this.#file(place.file);
    const start = file?.lineStarts[place.line - 1];
    if (file === undefined || start === undefined) return undefined;
    const from = start + place.column - 1;
    return from <= file.text.length ? file.text.slice(from, from + length) : undefined;
  }

  #file(path: string): File | undefined {
    if (!this.#files.has(path)) this.#files.set(path, this.#read(path));
    return this.#files.get(path);
  }

  #read(path: string): File | undefined {
    try {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#host.readFile(path));
      const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
      return { text, lineStarts };
    } catch (error) {
      if (error instanceof HostError) return undefined;
      throw error;
    }
  }
}

interface File {
  readonly text: string;
  /** The offset at which each line begins. */
  readonly lineStarts: readonly number[];
}
