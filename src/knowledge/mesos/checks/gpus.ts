import { showPlace } from '../../../text/place.ts';
import type { CheckRun } from '../../check-outcome.ts';
import type { AgentExamination } from '../agent-examination.ts';
import type { GivenFlag } from '../flags/agent-flags.ts';
import { type Gpus, NVML } from '../gpus.ts';
import { isAtLeast } from '../mesos-version.ts';
import { builtInIsolator } from '../isolators.ts';
import { ISOLATOR_NEEDS } from '../tables/isolator-rules.ts';
import { gpuAmountFindings } from './gpu-amounts.ts';
import { type AgentCheck, type AgentFinding, versionUnknown, withoutName } from './agent-check.ts';

export const gpusCheck: AgentCheck = {
  id: 'mesos-gpus',
  title: "Tomorrow's agent finds what GPUs need",
  explains:
    "The isolator gpu/nvidia (1.0.0) needs NVIDIA's management library, the device files, and cgroups/devices before " +
    'it in --isolation; 1.2.0 wants filesystem/linux too. gpus in --resources and --nvidia_gpu_devices come together or ' +
    'not at all, in the same whole number. Mesos 1.0.0 alone also exits when the library is there and ' +
    "one of five NVIDIA programs is not in the agent's PATH, even without gpu/nvidia. The check is silent when all " +
    'of it is found, or when neither the isolator nor the library is there.',
  run(_today, tomorrow): CheckRun {
    const { version } = tomorrow.agent;
    const { gpus } = tomorrow;
    const isolation = tomorrow.flags.given.get('isolation');
    if (version === undefined) return gpus.enabled ? versionUnknown(tomorrow) : { examined: 0, findings: [] };
    if (!gpus.known) return { examined: 0, findings: [] };
    const findings: AgentFinding[] = [];
    if (gpus.nvml !== undefined && gpus.missingPrograms.length > 0 && !isAtLeast(version, '1.0.1')) {
      findings.push(missingPrograms(tomorrow, gpus.nvml.path));
    }
    if (gpus.enabled && isolation !== undefined) {
      findings.push(...order(tomorrow, isolation), ...driver(gpus, isolation));
    }
    findings.push(...gpuAmountFindings(tomorrow));
    return { examined: gpus.enabled || gpus.nvml !== undefined ? 1 : 0, findings };
  },
};

function missingPrograms({ mesos, gpus, start }: AgentExamination, nvml: string): AgentFinding {
  const path = start.service.environment.effective.get('PATH');
  const names = gpus.missingPrograms.join(', ');
  return {
    severity: 'blocker',
    subject: names,
    reason: `${mesos} finds ${nvml} and then looks for these programs in its PATH (${start.launch?.environment.get('PATH') ?? 'not set'}); each one that is missing ends the start: Failed to NvidiaVolume::create.`,
    evidence: [path?.place ?? { how: "PATH is systemd's own" }],
    remedy: `Install them where PATH leads, or set PATH to lead there. Mesos 1.0.1 does without them.`,
  };
}

function order({ mesos, agent }: AgentExamination, isolation: GivenFlag): AgentFinding[] {
  const names = isolation.value.split(',');
  const gpuAt = names.indexOf('gpu/nvidia');
  const { version } = agent;
  if (version === undefined) return [];
  return ISOLATOR_NEEDS.filter(({ since }) => isAtLeast(version, since)).flatMap(
    ({ oneOf, beforeUntil, says }): AgentFinding[] => {
      const name = oneOf[0] ?? '';
      const ats = oneOf
        .filter((one) => builtInIsolator(one, version) !== undefined)
        .map((one) => names.indexOf(one))
        .filter((at) => at !== -1);
      const isLate =
        beforeUntil !== undefined && !isAtLeast(version, beforeUntil) && ats.every((at) => at > gpuAt);
      if (ats.length > 0 && !isLate) return [];
      const wantsBefore = ats.length > 0;
      const others = names.filter((other) => other !== name && other !== 'gpu/nvidia');
      return [
        {
          severity: 'blocker',
          subject: `gpu/nvidia in ${isolation.spelling}`,
          reason: `${mesos} wants ${name} ${wantsBefore ? 'before gpu/nvidia in the list' : 'in the list too'}: ${wantsBefore ? `'${name}' must precede 'gpu/nvidia' in the --isolation flag` : says}.`,
          evidence: [isolation.placeAt(isolation.value.indexOf('gpu/nvidia'))],
          remedy: `Set ${isolation.spelling}=${[...others, name, 'gpu/nvidia'].join(',')}.`,
        },
      ];
    },
  );
}

function driver(gpus: Gpus, isolation: GivenFlag): AgentFinding[] {
  const place = isolation.placeAt(isolation.value.indexOf('gpu/nvidia'));
  const subject = `gpu/nvidia in ${isolation.spelling}`;
  const without = withoutName(isolation, 'gpu/nvidia');
  if (gpus.nvml === undefined) {
    return [
      {
        severity: 'blocker',
        subject,
        reason: `The agent would not find ${NVML}, NVIDIA's management library: Cannot create the Nvidia GPU isolator: NVML is not available.`,
        evidence: [place],
        remedy: `Install the NVIDIA driver's libraries where the loader looks, or ${without}.`,
      },
    ];
  }
  if (gpus.missingDevices === undefined) {
    return [
      {
        severity: 'note',
        subject,
        reason:
          'Whether the device files of the driver are there can not be told: this root shows no devices.',
        evidence: [place],
        remedy: 'Look at the running machine: ls -l /dev/nvidiactl /dev/nvidia-uvm',
      },
    ];
  }
  return gpus.missingDevices.map(
    (device): AgentFinding => ({
      severity: 'blocker',
      subject,
      reason: `${device} is not there: Failed to obtain device ID for '${device}'. ${showPlace(place)} asks for GPUs.`,
      evidence: [place],
      remedy: `Load the driver so that ${device} exists (nvidia-modprobe -u -c 0), or ${without}.`,
    }),
  );
}
