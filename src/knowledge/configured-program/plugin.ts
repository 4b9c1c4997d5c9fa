import type { ByteSource } from '../../formats/elf/byte-source.ts';
import type { LinkedData } from '../../formats/elf/linked-data.ts';
import type { Elf } from '../../formats/elf/parse-elf.ts';
import type { RunTimeLibrary } from '../../service/run-time-libraries.ts';
import { type Place, showPlace } from '../../text/place.ts';

/** A plugin as a program's configuration asks for it. */
export interface AskedPlugin {
  /** As the configuration calls it. */
  readonly name: string;
  /** What dlopen(3) gets. */
  readonly file: string;
  /** Where it is asked for; in words where nothing written says so. */
  readonly place: Place | { readonly how: string };
  /** The directive that names it: `load_module`. */
  readonly directive: string;
  /** What happens when it can not be loaded: `blocker` when the program then does not serve. */
  readonly severity: 'blocker' | 'warning';
  /** For people, a whole sentence: "nginx then does not start." */
  readonly consequence: string;
}

/** For people: `load_module at /etc/nginx/nginx.conf:1:13 asks for it`. */
export function askedAt({ directive, place }: Pick<AskedPlugin, 'directive' | 'place'>): string {
  return 'how' in place ? place.how : `${directive} at ${showPlace(place)} asks for it`;
}

/** The file of a plugin, open for reading. */
export interface PluginFile {
  readonly path: string;
  readonly source: ByteSource;
  readonly elf: Elf;
  readonly data: LinkedData;
}

/** What a program would make of a plugin's file. */
export interface PluginIdentity {
  readonly modules: readonly PluginModule[];
  /** Why the program would refuse it; empty when it takes it. */
  readonly misfits: readonly Misfit[];
  /** What is worth knowing and keeps the program from nothing. */
  readonly remarks?: readonly Misfit[];
  /** What could not be told without loading it. */
  readonly doubts: readonly string[];
}

/** Something that the file provides, by the name the program knows it by. */
export interface PluginModule {
  readonly name: string;
  /** For people: `kind`, `built for`, and what else the file says of it. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Misfit {
  /** One or two sentences, the program's own message included. */
  readonly reason: string;
  readonly remedy: string;
  /** In words, where each side of the comparison was read. */
  readonly evidence: readonly string[];
}

export interface Plugin extends AskedPlugin {
  /** Where the loader finds it, else as asked for. */
  readonly path: string;
  /** Undefined when the program itself could not be read. */
  readonly library: RunTimeLibrary | undefined;
  /** Undefined when there is no file that could be read. */
  readonly identity: PluginIdentity | undefined;
}
