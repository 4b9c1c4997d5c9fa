import { findText } from '../../formats/elf/find-text.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import type { MagicBlock } from './magic-block.ts';
import { serverBlock } from './server-block.ts';

/** The server of a service, as its file tells. */
export interface ServerIdentity {
  readonly path: string;
  /** `15.18`. */
  readonly release: string | undefined;
  /** What it compares the block of every library with. */
  readonly magic: MagicBlock | undefined;
}

export function serverIdentity({ host, loaded }: ServiceStart): ServerIdentity | undefined {
  if (loaded === undefined) return undefined;
  const { path, elf } = loaded.closure.program;
  const source = host.open(path);
  try {
    const release = findText(source, elf, /PostgreSQL (\d+(?:\.\d+)*)(?=[ (\0])/)?.[1];
    return { path, release, magic: serverBlock(source, elf) };
  } finally {
    source.close();
  }
}
