import type { LoadedObject } from '../../../formats/elf/loader/loaded-object.ts';
import type { Host } from '../../../host/host.ts';
import { withFile } from '../../../host/with-file.ts';
import type { AgentFlags } from '../flags/agent-flags.ts';
import { type ModuleRecordResult, readModuleRecord } from '../module-record/read-module-record.ts';
import type { Agent } from '../recognise-agent.ts';
import { type OpenedModuleLibrary, openModuleLibrary } from './open-module-library.ts';
import { type AskedLibrary, type AskedModule, type ModulesSource, readModules } from './read-modules.ts';

/** A library that the agent's flags make it load, with what is in it. */
export interface ModuleLibrary extends AskedLibrary {
  readonly source: ModulesSource;
  /** As the loader finds it, else as asked for. */
  readonly path: string;
  /** Undefined when the agent's own program could not be read. */
  readonly library: OpenedModuleLibrary | undefined;
  readonly modules: readonly Module[];
}

export interface Module extends AskedModule {
  readonly record: ModuleRecordResult;
}

/** Every library and module that the agent loads when it starts, in its order. Throws as `readModules` does. */
export function examineModules(host: Host, agent: Agent, flags: AgentFlags): ModuleLibrary[] {
  return readModules(host, flags).flatMap((source) =>
    source.libraries.map((asked): ModuleLibrary => {
      const library = agent.loaded && openModuleLibrary(host, agent, agent.loaded, asked.file);
      const modules = asked.modules.map((module) => ({
        ...module,
        record: recordOf(host, library?.object, module.name),
      }));
      return { ...asked, source, library, path: library?.object?.path ?? asked.file, modules };
    }),
  );
}

function recordOf(host: Host, object: LoadedObject | undefined, name: string): ModuleRecordResult {
  if (object === undefined) return { kind: 'unknown', reason: 'the library is not found' };
  return withFile(host, object.path, (file) => readModuleRecord(file, object.elf, name));
}
