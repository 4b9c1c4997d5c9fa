import { findText } from '../../formats/elf/find-text.ts';
import { LinkedData } from '../../formats/elf/linked-data.ts';
import { orMalformed } from '../../formats/elf/malformed.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { moduleStructure } from './module-structure.ts';

/** What nginx holds every dynamic module against. */
export interface NginxIdentity {
  /** 1022001 is 1.22.1. */
  readonly version: number;
  readonly signature: string;
  /** For people, where both were read. */
  readonly where: string;
}

/**
 * Version and signature of the nginx of a service: from its own core module, else from its texts. Undefined when its
 * program could not be read or has neither.
 */
export function nginxIdentity({ host, loaded }: ServiceStart): NginxIdentity | undefined {
  if (loaded === undefined) return undefined;
  const { program } = loaded.closure;
  const symbols = loaded.symbolsOf(program);
  const source = host.open(program.path);
  try {
    if (symbols.kind === 'symbols') {
      const data = new LinkedData(source, program.elf, symbols);
      const core = data.symbol('ngx_core_module');
      const structure = core && orMalformed(() => moduleStructure(data, core.value));
      if (structure !== undefined && 'signature' in structure) {
        const { version, signature } = structure;
        return { version, signature, where: `ngx_core_module of ${program.path}` };
      }
    }
    const version = findText(source, program.elf, /nginx\/(\d+)\.(\d+)\.(\d+)/);
    const signature = findText(source, program.elf, /[48],[48],[48],[01]{34}(?=\0)/)?.[0];
    if (version === undefined || signature === undefined) return undefined;
    const [major = 0, minor = 0, patch = 0] = version.slice(1).map(Number);
    const where = `the texts in ${program.path}`;
    return { version: major * 1e6 + minor * 1000 + patch, signature, where };
  } finally {
    source.close();
  }
}
