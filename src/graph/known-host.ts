import type { Host } from '../host/host.ts';
import { rememberingHost } from '../host/remembering-host.ts';
import type { GeneratedFile, GeneratorGiven, Knowledge, PathNote } from '../knowledge/knowledge.ts';

export interface KnownHostOptions extends GeneratorGiven {
  readonly knowledge: readonly Knowledge[];
  /** The environment of the manager that runs; `unknown`: it was asked and did not answer. Left out: what files say counts. */
  readonly managerEnvironment?: ReadonlyMap<string, string> | 'unknown';
}

/**
 * A host with all that is known of its files, for one question. It is looked at once, and what is said of a path is
 * asked for once, whatever service asks: what changes meanwhile is not seen.
 */
export class KnownHost {
  readonly host: Host;
  readonly knowledge: readonly Knowledge[];
  readonly managerEnvironment: KnownHostOptions['managerEnvironment'];
  readonly #given: GeneratorGiven;
  readonly #notes: Map<string, PathNote> = new Map();
  readonly #generated: Map<string, GeneratedFile | undefined> = new Map();

  constructor(host: Host, options: KnownHostOptions) {
    this.host = rememberingHost(host);
    this.knowledge = options.knowledge;
    this.managerEnvironment = options.managerEnvironment;
    this.#given = options;
  }

  /**
   * What all knowledge says of a path; of two that say the same thing, the earlier in the list counts. Nothing of what
   * stands for a file and is none, such as systemd's own defaults.
   */
  noteOn(path: string): PathNote {
    if (!path.startsWith('/')) return {};
    const known = this.#notes.get(path);
    if (known !== undefined) return known;
    const notes = this.knowledge.map((knowledge) => knowledge.noteOn?.(this.host, path));
    const note = notes.reverse().reduce<PathNote>((all, one) => ({ ...all, ...one }), {});
    this.#notes.set(path, note);
    return note;
  }

  /** Those that package managers run when packages come and go. */
  get packageScripts(): readonly string[] {
    return this.knowledge.flatMap((knowledge) => knowledge.packageScripts?.(this.host) ?? []);
  }

  /** A file is re-rendered once, however many of its variables are traced. */
  explainFile(path: string): GeneratedFile | undefined {
    if (!this.#generated.has(path)) this.#generated.set(path, this.#explain(path));
    return this.#generated.get(path);
  }

  #explain(path: string): GeneratedFile | undefined {
    for (const knowledge of this.knowledge) {
      const generated = knowledge.explainFile?.(this.host, path, this.#given);
      if (generated !== undefined) return generated;
    }
    return undefined;
  }
}
