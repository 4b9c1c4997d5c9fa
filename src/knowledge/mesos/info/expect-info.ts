import type { AgentFlags } from '../flags/agent-flags.ts';
import { flagValue } from '../flags/flag-value.ts';
import type { MesosVersion } from '../mesos-version.ts';
import type { Attribute, Resource } from './agent-info.ts';
import { type MalformedResources, parseAttributes, parseResources } from './parse-resources.ts';

/** What the agent would tell of itself when it starts, as far as its flags decide it. */
export interface ExpectedInfo {
  readonly kind: 'expected';
  /** Undefined: looked up when the agent starts. */
  readonly hostname: string | undefined;
  readonly port: number;
  readonly resources: readonly Resource[];
  /** Of what no role is given for. */
  readonly role: string;
  /** Names of resources that the agent measures when it starts, because no flag gives them. */
  readonly measured: readonly string[];
  readonly attributes: readonly Attribute[];
}

/**
 * Works out the info from the flags: what `--resources` does not mention is measured (cpus, mem, disk, and
 * `withGpus` gpus) or has a default (ports).
 * Source: src/slave/containerizer/containerizer.cpp, Containerizer::resources, of Mesos 0.28.1 and 1.0.0.
 */
export function expectInfo(
  flags: AgentFlags,
  version: MesosVersion | undefined,
  withGpus: boolean,
): ExpectedInfo | MalformedResources {
  const role = flagValue(flags, 'default_role', version) ?? '*';
  const given = flagValue(flags, 'resources', version) ?? '';
  const resources = parseResources(given, role);
  if ('kind' in resources) return { kind: 'malformed', reason: `--resources: ${resources.reason}` };
  const attributes = parseAttributes(flagValue(flags, 'attributes', version) ?? '');
  if ('kind' in attributes) return { kind: 'malformed', reason: `--attributes: ${attributes.reason}` };
  // The agent looks for the bare word, wherever it stands.
  const measured = ['cpus', 'mem', 'disk'].filter((name) => !given.includes(name));
  if (withGpus && !resources.some(({ name }) => name === 'gpus')) measured.push('gpus');
  const ports: Resource = {
    name: 'ports',
    role,
    value: { type: 'ranges', ranges: [{ begin: 31000n, end: 32000n }] },
    more: '',
  };
  return {
    kind: 'expected',
    hostname: flags.given.get('hostname')?.value,
    port: Number(flagValue(flags, 'port', version)),
    resources: given.includes('ports') ? resources : [...resources, ports],
    role,
    measured,
    attributes,
  };
}
