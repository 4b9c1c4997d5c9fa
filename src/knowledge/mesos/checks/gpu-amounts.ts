import type { AgentExamination } from '../agent-examination.ts';
import { flagValue } from '../flags/flag-value.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import { parseResources } from '../info/parse-resources.ts';
import { isAtLeast } from '../mesos-version.ts';
import type { AgentFinding } from './agent-check.ts';

/**
 * How many GPUs are asked for, and which. Source: src/slave/containerizer/mesos/isolators/gpu/allocator.cpp:147-245 of
 * 1.0.0; docs/gpu-support.md.
 */
export function gpuAmountFindings(tomorrow: AgentExamination): AgentFinding[] {
  const { flags, gpus, agent, mesos } = tomorrow;
  if (agent.version === undefined || !isAtLeast(agent.version, '1.0.0')) return [];
  const devices = flags.given.get('nvidia_gpu_devices');
  const resources = flags.given.get('resources');
  const amount = amountOf(resources);
  const refuse = (flag: GivenFlag, says: string, remedy: string): AgentFinding[] => [
    {
      severity: 'blocker',
      subject: `GPUs in ${flag.spelling}`,
      reason: `${mesos} exits: ${says}.`,
      evidence: [flag.placeAt(Math.max(0, flag.value.indexOf('gpus')))],
      remedy,
    },
  ];
  if (!gpus.enabled) {
    return devices === undefined
      ? []
      : refuse(
          devices,
          "'--nvidia_gpus_devices' can only be specified if the `--isolation` flag contains 'gpu/nvidia'",
          `Leave ${devices.spelling} out, or add gpu/nvidia to --isolation.`,
        );
  }
  if (amount !== undefined && !Number.isInteger(amount) && resources !== undefined) {
    return refuse(
      resources,
      "The 'gpus' resource must be an non-negative integer",
      'Give a whole number of gpus.',
    );
  }
  if (amount !== undefined && amount !== 0 && devices === undefined && resources !== undefined) {
    return refuse(
      resources,
      'The `gpus` resource can not be set without also setting `--nvidia_gpu_devices`',
      `Set MESOS_NVIDIA_GPU_DEVICES to the numbers of ${amount} devices, or leave gpus out: all are then found.`,
    );
  }
  if (devices === undefined) return [];
  if (amount === undefined) {
    return refuse(
      devices,
      "'--nvidia_gpus_devices' cannot be set without also setting 'gpus' in '--resources'",
      `Add gpus:${listed(devices).length} to ${resources?.spelling ?? 'MESOS_RESOURCES'}.`,
    );
  }
  const names = listed(devices);
  if (new Set(names).size !== names.length) {
    return refuse(devices, "'--nvidia_gpu_devices' contains duplicates", 'Name each device once.');
  }
  if (names.length !== amount) {
    return refuse(
      devices,
      `'--resources' and '--nvidia_gpu_devices' specify different numbers of GPU devices (${amount} and ${names.length})`,
      `Set gpus:${names.length}.`,
    );
  }
  return onlyForMesos(tomorrow);
}

function onlyForMesos({ flags, agent, mesos }: AgentExamination): AgentFinding[] {
  const containerizers = (flagValue(flags, 'containerizers', agent.version) ?? '').split(',');
  const isolation = flags.given.get('isolation');
  if (containerizers.includes('mesos') || isolation === undefined) return [];
  return [
    {
      severity: 'warning',
      subject: `gpu/nvidia in ${isolation.spelling}`,
      reason: `${mesos} makes isolators for the mesos containerizer alone, and --containerizers is ${containerizers.join(',')}: no task would get a GPU by it.`,
      evidence: [isolation.placeAt(isolation.value.indexOf('gpu/nvidia'))],
      remedy: 'Add mesos to --containerizers.',
    },
  ];
}

function amountOf(resources: GivenFlag | undefined): number | undefined {
  if (resources === undefined) return undefined;
  const parsed = parseResources(resources.value, '*');
  if ('kind' in parsed) return undefined;
  const gpus = parsed.filter(({ name }) => name === 'gpus');
  if (gpus.length === 0) return undefined;
  return gpus.reduce((sum, { value }) => sum + (value.type === 'scalar' ? value.value : Number.NaN), 0);
}

function listed({ value }: GivenFlag): string[] {
  return value.split(',').filter((name) => name !== '');
}
