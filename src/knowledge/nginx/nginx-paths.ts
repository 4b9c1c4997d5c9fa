import { posix } from 'node:path';
import { findText } from '../../formats/elf/find-text.ts';
import type { ServiceStart } from '../../service/service-start.ts';

export interface NginxPaths {
  /** What `load_module` and most other paths are relative to. */
  readonly prefix: string;
  readonly file: string;
  /** What names the configuration file. */
  readonly namedBy: string;
  /** Directives of the command line (`-g`), read before the file. */
  readonly global: string;
}

/**
 * Where nginx reads its configuration: the options `-p`, `-c` and `-g`, else what it was configured with, which its
 * file keeps for `nginx -V`. Source: ngx_get_options() and ngx_process_options() in src/core/nginx.c.
 */
export function nginxPaths(start: ServiceStart): NginxPaths {
  const options = optionsIn(start.launch?.args ?? []);
  const built = configureArguments(start);
  const prefix = options.p ?? built('prefix') ?? '/usr/local/nginx';
  const file = options.c ?? (options.p === undefined ? built('conf-path') : undefined) ?? 'conf/nginx.conf';
  return {
    prefix,
    file: posix.resolve(prefix, file),
    namedBy: options.c === undefined ? 'built into nginx (--conf-path)' : `-c ${options.c} of the command`,
    global: options.g ?? '',
  };
}

/** The last of each of the options with a value, wherever it stands in a word of options: `-qc file`, `-cfile`. */
function optionsIn(args: readonly string[]): Partial<Record<'p' | 'c' | 'g', string>> {
  const options: Record<string, string> = {};
  for (let at = 0; at < args.length; at += 1) {
    const match = /^-[?hvVtTq]*([pcges])(.*)$/s.exec(args[at] ?? '');
    if (match === null) continue;
    const value = match[2] === '' ? args[(at += 1)] : match[2];
    if (value !== undefined) options[match[1] ?? ''] = value;
  }
  return options;
}

function configureArguments({ host, loaded }: ServiceStart): (name: string) => string | undefined {
  if (loaded === undefined) return () => undefined;
  const { path, elf } = loaded.closure.program;
  const source = host.open(path);
  try {
    const text = findText(source, elf, /configure arguments: ([^\0]*)/)?.[1] ?? '';
    return (name) => new RegExp(`(?:^| )--${name}=(\\S+)`).exec(text)?.[1];
  } finally {
    source.close();
  }
}
