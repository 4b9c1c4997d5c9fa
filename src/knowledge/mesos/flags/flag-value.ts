import type { MesosVersion } from '../mesos-version.ts';
import { isAtLeast } from '../mesos-version.ts';
import { FLAG_DEFAULTS } from '../tables/flag-defaults.ts';
import type { AgentFlags } from './agent-flags.ts';

/**
 * The value a flag has in the end: as given, or the compiled-in default (that of the oldest release when the
 * version is not known). Undefined: not given and without a default, or with one that is decided at run time.
 */
export function flagValue(
  flags: AgentFlags,
  name: string,
  version: MesosVersion | undefined,
): string | undefined {
  return flags.given.get(name)?.value ?? defaultValue(name, version);
}

function defaultValue(name: string, version: MesosVersion | undefined): string | undefined {
  const rows = FLAG_DEFAULTS.filter(([flag]) => flag === name);
  if (version === undefined) return rows[0]?.[2];
  return rows.findLast(([, since]) => isAtLeast(version, since))?.[2];
}
