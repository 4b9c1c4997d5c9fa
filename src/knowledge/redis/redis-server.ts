import { posix } from 'node:path';
import { findTexts } from '../../formats/elf/find-text.ts';
import type { ServiceStart } from '../../service/service-start.ts';

/** The server of a service, as its modules see it. */
export interface RedisServer {
  readonly name: 'Redis' | 'Valkey';
  readonly path: string;
  /** What it looks up in a module, in this order. */
  readonly entryPoints: readonly string[];
  /** The functions of the module API that it offers; undefined when its program could not be read. */
  readonly functions: ReadonlySet<string> | undefined;
}

/** The server of which `path` is the program. */
export function redisServer({ host, loaded }: ServiceStart, path: string): RedisServer {
  const isValkey = posix.basename(path).startsWith('valkey');
  const entryPoints = [...(isValkey ? ['ValkeyModule_OnLoad'] : []), 'RedisModule_OnLoad'];
  return {
    name: isValkey ? 'Valkey' : 'Redis',
    path,
    entryPoints,
    functions: functionsOf(host, loaded),
  };
}

function functionsOf(
  host: ServiceStart['host'],
  loaded: ServiceStart['loaded'],
): ReadonlySet<string> | undefined {
  if (loaded === undefined) return undefined;
  const { path, elf } = loaded.closure.program;
  const source = host.open(path);
  try {
    const names = findTexts(source, elf, /(?<![\w ])(?:Redis|Valkey)Module_[A-Z]\w*(?=\0)/g);
    return names.size === 0 ? undefined : names;
  } finally {
    source.close();
  }
}
