import type { MesosVersion } from '../mesos-version.ts';
import { isAtLeast } from '../mesos-version.ts';
import type { AgentFlags } from './agent-flags.ts';

/**
 * The value a flag has in the end: as given, or the compiled-in default where this project knows it. Undefined:
 * not given and without a default, or with one that is decided at run time.
 */
export function flagValue(
  flags: AgentFlags,
  name: string,
  version: MesosVersion | undefined,
): string | undefined {
  const given = flags.given.get(name)?.value;
  if (given !== undefined) return given;
  if (name === 'work_dir' && version !== undefined && isAtLeast(version, '1.0.0')) return undefined;
  return DEFAULTS.get(name);
}

/** Source: src/slave/flags.cpp of 0.28.1 and 1.0.0. */
const DEFAULTS = new Map([
  ['isolation', 'posix/cpu,posix/mem'],
  ['work_dir', '/tmp/mesos'],
  ['port', '5051'],
  ['default_role', '*'],
]);
