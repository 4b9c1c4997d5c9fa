import { posix } from 'node:path';
import type { Elf } from '../parse-elf.ts';

/** By which rule of ld.so(8) a file was tried. */
export type SearchRule =
  | { readonly kind: 'program' }
  | { readonly kind: 'interpreter' }
  /** The name has a slash, so nothing is searched. */
  | { readonly kind: 'path' }
  | { readonly kind: 'rpath'; readonly of: string }
  | { readonly kind: 'LD_LIBRARY_PATH' }
  | { readonly kind: 'runpath'; readonly of: string }
  | { readonly kind: 'ld.so.cache' }
  | { readonly kind: 'default path' };

/** A program or library in a process. */
export interface LoadedObject {
  /** As it was asked for first. */
  readonly name: string;
  /** Where the loader found it. */
  readonly path: string;
  /** The same with every link followed. */
  readonly realPath: string;
  readonly elf: Elf;
  readonly rule: SearchRule;
  readonly requestedBy: LoadedObject | undefined;
}

export function showSearchRule(rule: SearchRule): string {
  return rule.kind === 'rpath' || rule.kind === 'runpath' ? `${rule.kind} of ${rule.of}` : rule.kind;
}

/** What `$ORIGIN` stands for: the kernel resolves a program's links, the loader not those of a library. */
export function originOf(object: LoadedObject): string {
  return posix.dirname(object.rule.kind === 'program' ? object.realPath : object.path);
}
