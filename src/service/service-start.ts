import type { SymbolsResult } from '../formats/elf/dynamic-symbols.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Lookup } from '../formats/elf/loader/found-file.ts';
import type { Malformed } from '../formats/elf/malformed.ts';
import type { Closure } from '../formats/elf/loader/resolve-closure.ts';
import type { LoaderSettings } from '../formats/elf/loader/search-libraries.ts';
import type { ReadGetopt } from '../formats/elf/getopt/read-getopt.ts';
import type { CouldNotRun } from '../documents/could-not-run.ts';
import type { AbiSide } from '../host/abidiff.ts';
import type { Host } from '../host/host.ts';
import type { ServiceCommand } from './commands.ts';
import type { HiddenBy } from './hidden-by.ts';
import type { LoaderRefusal } from './loader-refusals.ts';
import type { Launch } from './launch.ts';
import type { Service } from './service.ts';

/** What a start of the service would run and load, as far as reading tells. */
export interface ServiceStart {
  /** As the processes of the service see it. */
  readonly host: Host;
  readonly hiddenBy: HiddenBy;
  readonly service: Service;
  /** The `ExecStart=` that becomes the main process; undefined for a unit without one. */
  readonly command: ServiceCommand | undefined;
  /** Defined when there is a command. */
  readonly launch: Launch | undefined;
  /** The program and its libraries; undefined when no ELF program was reached. */
  readonly loaded: LoadedProgram | undefined;
  /** Why the loader would refuse the program, or the first of its libraries that it refuses. */
  readonly refusal?: CouldNotRun | undefined;
  readonly notExamined: readonly string[];
}

export interface LoadedProgram {
  readonly closure: Closure;
  readonly refusals: readonly LoaderRefusal[];
  /** How the loader would search, for what is opened at run time (`openAtRunTime`). */
  readonly lookup: Lookup;
  readonly settings: LoaderSettings;
  readonly hiddenBy: HiddenBy;
  /** Symbols of an object of this process, read once. */
  readonly symbolsOf: (object: LoadedObject) => SymbolsResult;
  /** Which of its symbols an object has looked up, by their index. */
  readonly relocatedOf: (object: LoadedObject) => ReadonlySet<number> | Malformed;
  /** Its file with its debug information, or why there is none. */
  readonly abiSideOf: (object: LoadedObject) => AbiSide | string;
  /** Whether a text that ends there is among the bytes of an object. */
  readonly mentions: (object: LoadedObject, text: string) => boolean;
  /** The options that the code of the program has getopt(3) look for. */
  readonly getopt: () => ReadGetopt;
}
