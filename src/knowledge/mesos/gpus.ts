import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import { openAtRunTime } from '../../formats/elf/loader/resolve-closure.ts';
import { findProgram } from '../../service/find-program.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import type { AgentFlags } from './flags/agent-flags.ts';
import { isAtLeast } from './mesos-version.ts';
import type { Agent } from './recognise-agent.ts';

/** What decides whether the agent hands out GPUs, and whether it starts at all. */
export interface Gpus {
  /** The agent knows GPUs at all (1.0.0). */
  readonly known: boolean;
  /** `gpu/nvidia` is among the isolators. */
  readonly enabled: boolean;
  /** NVML, NVIDIA's management library, as the agent would find it. */
  readonly nvml: LoadedObject | undefined;
  /** Programs that 1.0.0 wants in PATH as soon as NVML is there, and which are not. */
  readonly missingPrograms: readonly string[];
  /** Devices that are not there; undefined when the host shows no devices at all. */
  readonly missingDevices: readonly string[] | undefined;
}

/**
 * Source: src/slave/containerizer/mesos/isolators/gpu/{isolator,allocator,volume}.cpp and
 * src/slave/containerizer/containerizer.cpp of Mesos 1.0.0.
 */
export function examineGpus(start: ServiceStart, agent: Agent, flags: AgentFlags): Gpus {
  const known = agent.version !== undefined && isAtLeast(agent.version, '1.0.0');
  const enabled = (flags.given.get('isolation')?.value ?? '').split(',').includes('gpu/nvidia');
  const nvml = known ? findNvml(agent) : undefined;
  const searchPath = start.launch?.environment.get('PATH');
  const showsDevices = start.host.stat('/dev/null') !== undefined;
  return {
    known,
    enabled,
    nvml,
    missingPrograms:
      nvml === undefined
        ? []
        : PROGRAMS.filter((name) => findProgram(start.host, name, searchPath) === undefined),
    missingDevices: showsDevices
      ? DEVICES.filter((device) => start.host.stat(device) === undefined)
      : undefined,
  };
}

/** The agent would find GPUs by itself and offer them. */
export function discoversGpus(gpus: Gpus): boolean {
  return gpus.known && gpus.enabled && gpus.nvml !== undefined;
}

function findNvml({ loaded, libmesos }: Agent): LoadedObject | undefined {
  if (loaded === undefined) return undefined;
  const { closure, lookup, settings } = loaded;
  return openAtRunTime(closure, NVML, lookup, settings, libmesos ?? closure.program).library;
}

export const NVML = 'libnvidia-ml.so.1';

const PROGRAMS = [
  'nvidia-cuda-mps-control',
  'nvidia-cuda-mps-server',
  'nvidia-debugdump',
  'nvidia-persistenced',
  'nvidia-smi',
];
const DEVICES = ['/dev/nvidiactl', '/dev/nvidia-uvm'];
