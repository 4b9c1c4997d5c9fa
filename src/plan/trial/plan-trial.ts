import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Gate, Probe } from '../../documents/plan.ts';
import type { Host } from '../../host/host.ts';
import type { PlanAdvice, TrialSettings } from '../../knowledge/plan-advice.ts';
import type { Service } from '../../service/service.ts';
import { quoteEnvironmentValue } from '../edit-environment-file.ts';
import type { Spec } from '../spec.ts';
import type { StepOfKind } from '../step-duties.ts';
import { trialDirectories } from './trial-directories.ts';
import { trialUnit } from './trial-unit.ts';
import { whyNoTrial } from './why-no-trial.ts';

/** In memory, so that a boot leaves nothing of it. */
const DIRECTORY = '/run/cutover/trial';
const LONGEST_STABLE_MS = 5000;

const WITHOUT_KNOWLEDGE: TrialSettings = {
  possible: true,
  environment: new Map(),
  without: [],
  probes: [],
  notShown: ['what it does for others: nothing can connect to it, and it to nothing'],
};

export interface TrialRequest {
  readonly spec: Spec;
  /** The host and the service as they will be. */
  readonly host: Host;
  readonly tomorrow: Service;
  readonly advice: PlanAdvice;
  /** Files that the plan writes. */
  readonly written: readonly string[];
}

/**
 * The step that tries a replacement beside the service. Undefined where the spec wants none, and where it doesn't say
 * and no knowledge does. Throws `CouldNotRun` where the spec wants one and it would do harm or prove nothing.
 */
export function planTrial({
  spec,
  host,
  tomorrow,
  advice,
  written,
}: TrialRequest): StepOfKind<'trial-start'> | undefined {
  if (spec.trial === 'no') return undefined;
  const known = advice.trial;
  const optional = spec.trial === undefined;
  if (optional && known?.possible !== true) return undefined;
  const why = known?.possible === false ? known.why : whyNoTrial(host, tomorrow);
  if (why !== undefined) {
    if (optional) return undefined;
    throw new CouldNotRun(`${tomorrow.name} can't be tried beside itself: ${why}`, {
      next: 'Write trial: no into the spec, or leave it out.',
    });
  }
  const settings = known?.possible === true ? known : WITHOUT_KNOWLEDGE;
  const directories = trialDirectories(host, tomorrow);
  const unit = `cutover-trial-${tomorrow.name.replaceAll('@', '-')}`;
  return {
    kind: 'trial-start',
    unit: tomorrow.name,
    trialUnit: unit,
    directory: DIRECTORY,
    content: trialUnit({ host, service: tomorrow, directory: DIRECTORY, written, directories, settings }),
    environment: environmentFile(settings.environment),
    directories,
    gate: gateOf(spec, settings.probes),
    optional,
    notShown: [...settings.notShown],
  };
}

function environmentFile(environment: TrialSettings['environment']): string {
  return [...environment]
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${quoteEnvironmentValue(value)}\n`))
    .join('');
}

function gateOf({ gate }: Spec, probes: readonly Probe[]): Gate {
  return {
    stableMs: Math.min(gate.stable, LONGEST_STABLE_MS),
    timeoutMs: gate.timeout,
    restarts: 0,
    probes: [...probes],
  };
}
