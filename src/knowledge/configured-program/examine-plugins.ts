import { LinkedData } from '../../formats/elf/linked-data.ts';
import { orMalformed } from '../../formats/elf/malformed.ts';
import { RunTimeLibraries, type RunTimeLibrary } from '../../service/run-time-libraries.ts';
import type { ConfiguredProgram } from './configured-program.ts';
import type { AskedPlugin, Plugin, PluginIdentity } from './plugin.ts';

/** Every plugin that the configuration asks for, opened as the program would and read without loading it. */
export function examinePlugins(program: ConfiguredProgram): Plugin[] {
  const { host, loaded } = program.start;
  const libraries = loaded && new RunTimeLibraries(host, loaded);
  return program.plugins.map((asked): Plugin => {
    const library = libraries?.open(asked.file, program.sharesSymbols && asked.severity === 'blocker');
    const path =
      library?.kind === 'found'
        ? library.object.path
        : library?.kind === 'unusable'
          ? library.path
          : asked.file;
    return { ...asked, path, library, identity: library && identityOf(program, asked, library) };
  });
}

function identityOf(
  program: ConfiguredProgram,
  asked: AskedPlugin,
  library: RunTimeLibrary,
): PluginIdentity | undefined {
  if (library.kind !== 'found') return undefined;
  const { object, symbols } = library;
  const source = program.start.host.open(object.path);
  try {
    const data = new LinkedData(source, object.elf, symbols);
    const identity = orMalformed(() => ({
      kind: 'identity' as const,
      ...program.identify(asked, { path: object.path, source, elf: object.elf, data }),
    }));
    if (identity.kind === 'identity') return identity;
    return { modules: [], misfits: [], doubts: [`${identity.reason} (at byte ${identity.offset})`] };
  } finally {
    source.close();
  }
}
