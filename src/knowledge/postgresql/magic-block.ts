import { constantResult } from '../../formats/elf/constant-result.ts';
import type { LinkedData } from '../../formats/elf/linked-data.ts';
import type { Elf } from '../../formats/elf/parse-elf.ts';

/** What a library says of the server that it was built for, and a server of itself. */
export interface MagicBlock {
  /** In bytes, of the whole block. */
  readonly length: number;
  /** The server's version number without its last two digits: 1500 for 15, 906 for 9.6. */
  readonly version: number;
  readonly functionArguments: number;
  readonly indexKeys: number;
  readonly nameLength: number;
  /** Of releases up to 12 alone. */
  readonly float4ByValue: boolean | undefined;
  readonly float8ByValue: boolean;
  /** From 15 on: "PostgreSQL", or what a fork calls its ABI. */
  readonly abi: string | undefined;
}

/**
 * The block that `Pg_magic_func` returns the address of: a row of int, from 15 on with 32 letters behind them. Source:
 * Pg_magic_struct in src/include/fmgr.h of PostgreSQL 8.2 to 18. Undefined when the function's code is not plain.
 */
export function magicBlock(data: LinkedData, elf: Elf, functionAddress: number): MagicBlock | undefined {
  const address = constantResult(data.file, elf, functionAddress);
  if (address === undefined) return undefined;
  const length = data.u32(address);
  const words = Array.from({ length: Math.min(7, Math.floor(length / 4)) }, (_, index) =>
    data.u32(address + 4 * index),
  );
  return blockOf(words, () => data.file.text(address + 24, 32, 'the ABI of a magic block'));
}

/** From the first seven numbers of a block; undefined when it has fewer than six. */
export function blockOf(words: readonly number[], abiText: () => string): MagicBlock | undefined {
  const [length, version, functionArguments, indexKeys, nameLength, sixth, seventh] = words;
  if (length === undefined || version === undefined || functionArguments === undefined) return undefined;
  if (indexKeys === undefined || nameLength === undefined || sixth === undefined) return undefined;
  const isOld = length === 28 && seventh !== undefined;
  return {
    length,
    version,
    functionArguments,
    indexKeys,
    nameLength,
    float4ByValue: isOld ? sixth !== 0 : undefined,
    float8ByValue: isOld ? seventh !== 0 : sixth !== 0,
    abi: length >= 56 ? abiText() : undefined,
  };
}

/** For people: 1500 as 15, 906 as 9.6. */
export function showMajor(version: number): string {
  const major = Math.floor(version / 100);
  return version >= 1000 ? `${major}` : `${major}.${version % 100}`;
}
