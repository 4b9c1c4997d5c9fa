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
  /** Where it keeps what it passes on, unless a directive says otherwise. */
  readonly stores: readonly BuiltInStore[];
}

export interface BuiltInStore {
  /** The directive that overrules it. */
  readonly directive: string;
  readonly directory: string;
  readonly how: string;
}

/**
 * Where nginx reads its configuration: the options `-p`, `-c` and `-g`, else what it was configured with, which its
 * file keeps for `nginx -V`. Source: ngx_get_options() and ngx_process_options() in src/core/nginx.c.
 */
export function nginxPaths(start: ServiceStart): NginxPaths {
  const options = optionsIn(start.launch?.args ?? []);
  const built = configureArguments(start);
  const prefix = options.p ?? built.value('prefix') ?? '/usr/local/nginx';
  const file =
    options.c ?? (options.p === undefined ? built.value('conf-path') : undefined) ?? 'conf/nginx.conf';
  return {
    prefix,
    file: posix.resolve(prefix, file),
    namedBy: options.c === undefined ? 'built into nginx (--conf-path)' : `-c ${options.c} of the command`,
    global: options.g ?? '',
    stores: builtInStores(built, prefix),
  };
}

/** Source: auto/options of nginx, and ngx_conf_merge_path_value() for the defaults below the prefix. */
function builtInStores(built: BuiltIn, prefix: string): BuiltInStore[] {
  if (built.text === '') return [];
  return ['client-body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].flatMap((name) => {
    if (built.has(`without-http_${name}_module`)) return [];
    const [option, directive] = [`--http-${name}-temp-path`, `${name.replace('-', '_')}_temp_path`];
    const given = built.value(option.slice(2));
    const how = given === undefined ? `the default of ${directive}` : `built into nginx (${option})`;
    const directory = posix.resolve(prefix, given ?? directive.replace(/_path$/, ''));
    return { directive, directory, how };
  });
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

/** The arguments of configure. */
class BuiltIn {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  value(name: string): string | undefined {
    return new RegExp(`(?:^| )--${name}=(\\S+)`).exec(this.text)?.[1];
  }

  has(name: string): boolean {
    return this.text.split(' ').includes(`--${name}`);
  }
}

function configureArguments({ host, loaded }: ServiceStart): BuiltIn {
  if (loaded === undefined) return new BuiltIn('');
  const { path, elf } = loaded.closure.program;
  const source = host.open(path);
  try {
    return new BuiltIn(findText(source, elf, /configure arguments: ([^\0]*)/)?.[1] ?? '');
  } finally {
    source.close();
  }
}
