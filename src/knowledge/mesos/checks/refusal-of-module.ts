import { compareVersions, parseMesosVersion } from '../mesos-version.ts';
import type { Module, ModuleLibrary } from '../modules/examine-modules.ts';
import type { MesosVersion } from '../mesos-version.ts';

/** Why the agent could not load a module it is told to load; undefined when it can, as far as is known. */
export function refusalOfModule(
  { library }: ModuleLibrary,
  { record }: Module,
  version: MesosVersion | undefined,
): string | undefined {
  if (library === undefined) return undefined;
  if (library.missing.length > 0) return 'it or a library it needs is not found';
  if (record.kind === 'not-provided') return 'the library has no such module';
  const binding = library.binding();
  if (binding.symbols.length + binding.versions.length > 0) return 'symbols that it needs are missing';
  if (record.kind === 'unknown' || version === undefined) return undefined;
  const built = parseMesosVersion(record.mesosVersion);
  const isOther = built === undefined || compareVersions(built, version) !== 0;
  return isOther ? `it was built for Mesos ${record.mesosVersion}` : undefined;
}
