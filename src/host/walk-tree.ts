import type { FileFacts, Host } from './host.ts';

export interface Walked {
  /** Absolute. */
  readonly path: string;
  /** undefined: it went away meanwhile, or its name is not UTF-8. */
  readonly facts: FileFacts | undefined;
}

/** A file, link or tree, links not followed; a directory before what is in it. */
export function* walkTree(host: Host, root: string): Generator<Walked> {
  const pending = [root];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const facts = host.lstat(path);
    yield { path, facts };
    if (facts?.type === 'directory')
      for (const name of host.list(path) ?? []) pending.push(`${path}/${name}`);
  }
}
