import { findText } from '../../formats/elf/find-text.ts';
import { LinkedData } from '../../formats/elf/linked-data.ts';
import { orMalformed } from '../../formats/elf/malformed.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { moduleStructure } from './module-structure.ts';

/** The httpd of a service, as its file tells. */
export interface HttpdIdentity {
  readonly path: string;
  /** `2.4.68`. */
  readonly release: string | undefined;
  /** What it was configured with: directories and files, by the names that `apache2 -V` prints. */
  readonly built: (name: 'HTTPD_ROOT' | 'SERVER_CONFIG_FILE') => string | undefined;
  /** The module magic number, major and minor, and the cookie; undefined when it was not found. */
  readonly magic: { readonly version: number; readonly minor: number; readonly cookie: number } | undefined;
  /** The modules linked into it, by the names that `<IfModule>` knows: `so_module` and `mod_so.c`. */
  readonly linked: ReadonlySet<string>;
}

export function httpdIdentity({ host, loaded }: ServiceStart): HttpdIdentity | undefined {
  if (loaded === undefined) return undefined;
  const { path, elf } = loaded.closure.program;
  const symbols = loaded.symbolsOf(loaded.closure.program);
  const source = host.open(path);
  try {
    const texts = ['HTTPD_ROOT', 'SERVER_CONFIG_FILE'].map((name): [string, string | undefined] => [
      name,
      findText(source, elf, new RegExp(`-D ${name}="([^"]*)"`))?.[1],
    ]);
    const release = findText(source, elf, /Apache\/(\d+\.\d+\.\d+)/)?.[1];
    const linked = new Set<string>();
    let magic: HttpdIdentity['magic'];
    if (symbols.kind === 'symbols') {
      const data = new LinkedData(source, elf, symbols);
      for (const { name, type, value } of symbols.defined) {
        if (type !== 'object' || !/^\w+_module$/.test(name)) continue;
        const structure = orMalformed(() => moduleStructure(data, value));
        if ('kind' in structure || structure.name === undefined) continue;
        linked.add(name).add(structure.name);
        if (name === 'core_module') magic = structure;
      }
    }
    const values = new Map(texts);
    return { path, release, built: (name) => values.get(name), magic, linked };
  } finally {
    source.close();
  }
}
