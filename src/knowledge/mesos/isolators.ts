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

/**
 * Names that stand for two isolators each: alone, and from 1.6.0 on (189efed86) among others as well. `external` went in
 * 1.1.0. Source: src/slave/containerizer/mesos/containerizer.cpp.
 */
export function isOldIsolation(name: string, value: string, version: MesosVersion | undefined): boolean {
  const isOld = name === 'process' || name === 'cgroups';
  return isOld && (name === value || version === undefined || isAtLeast(version, '1.6.0'));
}
