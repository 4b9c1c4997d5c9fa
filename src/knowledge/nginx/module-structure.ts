import type { LinkedData } from '../../formats/elf/linked-data.ts';

/** What an `ngx_module_t` says of the nginx that it was built for. */
export interface NginxModuleStructure {
  /** 1022001 is 1.22.1. */
  readonly version: number;
  readonly signature: string;
  /** `HTTP`, `STREAM`, …; undefined for a number that is no four letters. */
  readonly type: string | undefined;
}

/**
 * The structure at `address`: ctx_index, index, name, spare0, spare1, version, signature, ctx, commands, type, a word
 * each. Source: src/core/ngx_module.h, unchanged since nginx 1.11.0. Undefined where it has no signature.
 */
export function moduleStructure(data: LinkedData, address: number): NginxModuleStructure | undefined {
  const word = (index: number): number => address + index * data.wordSize;
  const signature = data.text(word(6), 256);
  if (signature === undefined) return undefined;
  return { version: data.word(word(5)), signature, type: typeOf(data.word(word(9)) % 2 ** 32) };
}

/** NGX_…_MODULE: four letters as a little-endian number; other modules bring kinds of their own (`RTMP`). */
function typeOf(number: number): string | undefined {
  const letters = String.fromCharCode(...[0, 8, 16, 24].map((shift) => (number >>> shift) & 0xff));
  if (!/^[A-Z]{4}$/.test(letters)) return undefined;
  return LONGER[letters] ?? letters;
}

const LONGER: Readonly<Record<string, string>> = { EVNT: 'EVENT', STRM: 'STREAM' };

/** For people: 1022001 as 1.22.1. */
export function showVersion(version: number): string {
  return `${Math.floor(version / 1e6)}.${Math.floor(version / 1000) % 1000}.${version % 1000}`;
}
