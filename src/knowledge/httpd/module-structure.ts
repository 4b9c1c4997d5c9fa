import type { LinkedData } from '../../formats/elf/linked-data.ts';

/** What a module says of the httpd that it was built for. */
export interface HttpdModuleStructure {
  /** The major module magic number: 20120211 for httpd 2.4. */
  readonly version: number;
  readonly minor: number;
  /** The name of its source: `mod_lua.c`. */
  readonly name: string | undefined;
  /** `AP24` as a number, for httpd 2.4. */
  readonly cookie: number;
}

/** MODULE_MAGIC_COOKIE of httpd 2.4: the letters AP24. Source: include/ap_mmn.h. */
export const MAGIC_COOKIE = 0x41503234;

/**
 * `struct module_struct` at `address`: version, minor_version and module_index as int, then name, dynamic_load_handle,
 * next and magic, a word each. Source: include/http_config.h, unchanged since httpd 2.0.
 */
export function moduleStructure(data: LinkedData, address: number): HttpdModuleStructure {
  const words = address + (data.wordSize === 8 ? 16 : 12);
  return {
    version: data.u32(address),
    minor: data.u32(address + 4),
    name: data.text(words, 256),
    cookie: data.word(words + 3 * data.wordSize),
  };
}
