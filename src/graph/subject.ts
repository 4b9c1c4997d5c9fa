import type { Host } from '../host/host.ts';
import type {
  Examination,
  GeneratedFile,
  GeneratorGiven,
  Knowledge,
  PathNote,
} from '../knowledge/knowledge.ts';
import { loadService, type Service } from '../service/service.ts';
import { readServiceStart } from '../service/read-service-start.ts';
import type { ServiceStart } from '../service/service-start.ts';

export interface SubjectOptions extends GeneratorGiven {
  readonly knowledge: readonly Knowledge[];
}

/**
 * One service on one host, with all that is known of it. Each part is read when it is first asked for and
 * then kept: a trace of one variable need not read the libraries.
 */
export class Subject {
  readonly host: Host;
  readonly service: Service;
  readonly #options: SubjectOptions;
  #start: ServiceStart | undefined;
  #examinations: ReadonlyMap<string, Examination> | undefined;
  readonly #notes: Map<string, PathNote> = new Map();
  readonly #generated: Map<string, GeneratedFile | undefined> = new Map();

  /** Throws `CouldNotRun` where `loadService` does. */
  constructor(host: Host, serviceName: string, options: SubjectOptions) {
    this.host = host;
    this.service = loadService(host, serviceName);
    this.#options = options;
  }

  get start(): ServiceStart {
    this.#start ??= readServiceStart(this.host, this.service);
    return this.#start;
  }

  /** What each knowledge that recognises the service sees in it, by the knowledge's id. */
  get examinations(): ReadonlyMap<string, Examination> {
    this.#examinations ??= new Map(
      this.#options.knowledge.flatMap((knowledge) => {
        const examination = knowledge.examine?.(this.start);
        return examination === undefined ? [] : [[knowledge.id, examination] as const];
      }),
    );
    return this.#examinations;
  }

  /** What all knowledge says of a path; of two that say the same thing, the earlier in the list counts. */
  noteOn(path: string): PathNote {
    const known = this.#notes.get(path);
    if (known !== undefined) return known;
    const notes = this.#options.knowledge.map((knowledge) => knowledge.noteOn?.(this.host, path));
    const note = notes.reverse().reduce<PathNote>((all, one) => ({ ...all, ...one }), {});
    this.#notes.set(path, note);
    return note;
  }

  /** A file is re-rendered once, however many of its variables are traced. */
  explainFile(path: string): GeneratedFile | undefined {
    if (!this.#generated.has(path)) this.#generated.set(path, this.#explain(path));
    return this.#generated.get(path);
  }

  #explain(path: string): GeneratedFile | undefined {
    for (const knowledge of this.#options.knowledge) {
      const generated = knowledge.explainFile?.(this.host, path, this.#options);
      if (generated !== undefined) return generated;
    }
    return undefined;
  }
}
