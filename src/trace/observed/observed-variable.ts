import type { TraceObserved } from '../../documents/trace.ts';
import type { Subject } from '../../graph/subject.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import { whyUnknown } from './why-unknown.ts';
import { whyProcessDiffers } from './why-process-differs.ts';

/** What the running process has of a variable, where that is not what the files say; and why. */
export function observedVariable(
  { host, service: { unit, environment }, properties }: Subject,
  name: string,
  says: SystemdSays,
  shown: (value: string) => string | null,
): TraceObserved | undefined {
  const running = says.process?.environment;
  if (running === undefined) return undefined;
  const effective = environment.effective.get(name);
  const observed = running.get(name);
  if (observed === effective?.value.toString()) return undefined;
  const value = observed === undefined ? null : shown(observed);
  const unknown = effective === undefined ? undefined : whyUnknown(effective.value);
  if (unknown !== undefined) return { by: 'process', value, why: `the files do not tell it: ${unknown}` };
  return { by: 'process', value, ...whyProcessDiffers({ host, unit, environment, properties }, name, says) };
}
