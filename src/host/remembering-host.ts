import { type FileFacts, type Host, HostError, type OpenFile } from './host.ts';

/**
 * A host whose directories and links are looked at once, for a question that comes by the same places hundreds of
 * times. Content is not kept. For reading alone: what changes meanwhile is not seen.
 */
export class RememberingHost implements Host {
  readonly kind: Host['kind'];
  readonly stat: (path: string) => FileFacts | undefined;
  readonly lstat: (path: string) => FileFacts | undefined;
  readonly readLink: (path: string) => string;
  readonly realPath: (path: string) => string | undefined;
  readonly list: (path: string) => readonly string[] | undefined;
  readonly over?: Host;
  readonly #host: Host;

  constructor(given: Host) {
    const host = given.remembering?.() ?? given;
    this.#host = host;
    this.kind = host.kind;
    if (host.over !== undefined) this.over = host.over;
    this.lstat = remembered((path) => host.lstat(path));
    this.stat = remembered((path) => {
      const facts = this.lstat(path);
      return facts?.type === 'link' ? host.stat(path) : facts;
    });
    this.readLink = remembered((path) => host.readLink(path));
    this.realPath = remembered((path) => host.realPath(path));
    this.list = remembered((path) => host.list(path));
  }

  entries(path: string, most: number): ReadonlyMap<string, FileFacts> | undefined {
    return this.#host.entries(path, most);
  }

  extendedAttribute(path: string, name: string): Uint8Array | undefined {
    return this.#host.extendedAttribute(path, name);
  }

  readFile(path: string, limit?: number): Uint8Array {
    return this.#host.readFile(path, limit);
  }

  open(path: string): OpenFile {
    return this.#host.open(path);
  }
}

/** The host itself where it remembers already. */
export function rememberingHost(host: Host): RememberingHost {
  return host instanceof RememberingHost ? host : new RememberingHost(host);
}

/** An error is an answer, too. */
function remembered<T>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, { readonly value: T } | HostError>();
  return (path) => {
    let answer = answers.get(path);
    if (answer === undefined) {
      answer = answerOf(() => ask(path));
      answers.set(path, answer);
    }
    if (answer instanceof HostError) throw answer;
    return answer.value;
  };
}

function answerOf<T>(ask: () => T): { readonly value: T } | HostError {
  try {
    return { value: ask() };
  } catch (error) {
    if (error instanceof HostError) return error;
    throw error;
  }
}
