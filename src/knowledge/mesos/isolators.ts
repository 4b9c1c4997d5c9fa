import { BUILT_IN_ISOLATORS, type BuiltInIsolator } from './tables/built-in-isolators.ts';
import { isAtLeast, type MesosVersion } from './mesos-version.ts';

/** The isolator of that name that `version` has built in, or any release when the version is not known. */
export function builtInIsolator(
  name: string,
  version: MesosVersion | undefined,
): BuiltInIsolator | undefined {
  const isolator = BUILT_IN_ISOLATORS.find((candidate) => candidate.name === name);
  if (isolator?.since === undefined || version === undefined) return isolator;
  return isAtLeast(version, isolator.since) ? isolator : undefined;
}

/** Whole values that stand for others. `external` went in 1.1.0 (src/slave/containerizer/mesos/containerizer.cpp). */
export function isOldIsolation(value: string): boolean {
  return value === 'process' || value === 'cgroups';
}
