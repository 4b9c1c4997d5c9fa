import type { Plan } from '../src/documents/plan.ts';
import type { Host } from '../src/host/host.ts';
import type { PlanAdvice } from '../src/knowledge/plan-advice.ts';
import { makePlan } from '../src/plan/make-plan.ts';
import { parseSpec } from '../src/plan/parse-spec.ts';
import { overridePlaces } from '../src/service/overrides.ts';
import { loadService } from '../src/service/service.ts';

const NO_ADVICE: PlanAdvice = { state: [], probes: [], probesBack: [], irreversible: [] };

/** The plan that a spec's text makes on a host; no knowledge of any program unless it is given. */
export function planOf(host: Host, text: string, advice: PlanAdvice = NO_ADVICE): Plan {
  const spec = parseSpec('cutover.yaml', text);
  const service = loadService(host, spec.service);
  const placesOf = (name: string): ReturnType<typeof overridePlaces> =>
    overridePlaces(service, name, () => undefined);
  return makePlan({ spec, host, service, advice, placesOf });
}
