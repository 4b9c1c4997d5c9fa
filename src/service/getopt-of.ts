import { type ReadGetopt, readGetopt } from '../formats/elf/getopt/read-getopt.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import { withFile } from '../host/with-file.ts';
import type { ElfFiles } from './elf-files.ts';

/** The options that the code of a program has getopt(3) look for, read when they are first asked for. */
export function getoptOf(files: ElfFiles, program: LoadedObject): () => ReadGetopt {
  let known: ReadGetopt | undefined;
  return () => (known ??= readGetoptOf(files, program));
}

function readGetoptOf(files: ElfFiles, program: LoadedObject): ReadGetopt {
  const symbols = files.symbolsOf(program);
  if (symbols.kind === 'malformed') return { kind: 'unknown', reason: symbols.reason };
  return withFile(files.host, program.realPath, (file) => readGetopt(file, program.elf, symbols));
}
