import { findText } from '../../formats/elf/find-text.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { blockOf, type MagicBlock } from './magic-block.ts';

/** The server of a service, as its file tells. */
export interface ServerIdentity {
  readonly path: string;
  /** `15.18`. */
  readonly release: string | undefined;
  /** What it compares the block of every library with. */
  readonly magic: MagicBlock | undefined;
}

/**
 * The server keeps its own block as constant data without a name: a length that some release has, a version, the three
 * limits and a flag in a row. Read on little-endian machines alone.
 */
export function serverIdentity({ host, loaded }: ServiceStart): ServerIdentity | undefined {
  if (loaded === undefined) return undefined;
  const { path, elf } = loaded.closure.program;
  const source = host.open(path);
  try {
    const release = findText(source, elf, /PostgreSQL (\d+(?:\.\d+)*)(?=[ (\0])/)?.[1];
    const found =
      elf.byteOrder === 'little'
        ? (findText(source, elf, NEW_BLOCK) ?? findText(source, elf, OLD_BLOCK))
        : undefined;
    const bytes = Buffer.from(found?.[0] ?? '', 'latin1');
    const count = Math.min(7, Math.floor(bytes.length / 4));
    const words = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(index * 4));
    return { path, release, magic: blockOf(words, () => found?.[1] ?? '') };
  } finally {
    source.close();
  }
}

/** A regular expression for a number of 32 bits as it lies in a file. */
function numberText(value: number): string {
  return [0, 8, 16, 24]
    .map((shift) => `\\x${((value >>> shift) & 0xff).toString(16).padStart(2, '0')}`)
    .join('');
}

function blockPattern(lengths: readonly number[], versions: readonly number[], more: string): RegExp {
  const [length, version] = [lengths, versions].map((all) => `(?:${all.map(numberText).join('|')})`);
  const limit = '[^]{2}\\0{2}';
  return new RegExp(`${length}${version}${limit}${limit}${limit}(?:[\\0\\x01]\\0{3}){1,2}${more}`);
}

/** From 15 on, with the name of the ABI. */
const NEW_BLOCK = blockPattern(
  [56, 72],
  [1500, 1600, 1700, 1800, 1900, 2000, 2100],
  '([\\x20-\\x7e]{1,31})\\0',
);
const OLD_BLOCK = blockPattern([24, 28], [902, 903, 904, 905, 906, 1000, 1100, 1200, 1300, 1400], '');
