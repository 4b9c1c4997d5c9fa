import type { ByteSource } from '../../formats/elf/byte-source.ts';
import { findText } from '../../formats/elf/find-text.ts';
import type { Elf } from '../../formats/elf/parse-elf.ts';
import { type ByteOrder, StructView } from '../../formats/elf/struct-view.ts';
import { blockOf, type MagicBlock } from './magic-block.ts';

/**
 * The server keeps its own block as constant data without a name: a length that some release has, a version, the three
 * limits and a flag in a row.
 */
export function serverBlock(
  source: ByteSource,
  elf: Pick<Elf, 'byteOrder' | 'segments'>,
): MagicBlock | undefined {
  const { newer, older } = PATTERNS[elf.byteOrder];
  const found = findText(source, elf, newer) ?? findText(source, elf, older);
  if (found === undefined) return undefined;
  const bytes = Buffer.from(found[0], 'latin1');
  const view = new StructView(bytes, elf.byteOrder);
  const count = Math.min(7, Math.floor(bytes.length / 4));
  const words = Array.from({ length: count }, (_, index) => view.u32(index * 4));
  return blockOf(words, () => found[1] ?? '');
}

const PATTERNS = { little: patternsOf('little'), big: patternsOf('big') };

function patternsOf(order: ByteOrder): { readonly newer: RegExp; readonly older: RegExp } {
  /** A regular expression for a number of 32 bits as it lies in a file. */
  const number = (value: number): string => {
    const bytes = [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
    return (order === 'little' ? bytes : bytes.toReversed())
      .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
      .join('');
  };
  const oneOf = (values: readonly number[]): string => `(?:${values.map(number).join('|')})`;
  const limit = order === 'little' ? '[^]{2}\\0{2}' : '\\0{2}[^]{2}';
  const flag = order === 'little' ? '[\\0\\x01]\\0{3}' : '\\0{3}[\\0\\x01]';
  const block = (lengths: readonly number[], versions: readonly number[], more: string): RegExp =>
    new RegExp(`${oneOf(lengths)}${oneOf(versions)}${limit.repeat(3)}(?:${flag}){1,2}${more}`);
  return {
    // From 15 on, with the name of the ABI.
    newer: block([56, 72], [1500, 1600, 1700, 1800, 1900, 2000, 2100], '([\\x20-\\x7e]{1,31})\\0'),
    older: block([24, 28], [902, 903, 904, 905, 906, 1000, 1100, 1200, 1300, 1400], ''),
  };
}
