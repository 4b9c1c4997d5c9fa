import type { Plan } from '../documents/plan.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { Subject } from '../graph/subject.ts';
import type { Host } from '../host/host.ts';
import { systemdSays } from '../host/systemd-says.ts';
import { unitsNow } from '../host/units-now.ts';
import { rememberingHost } from '../host/remembering-host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import type { PlanAdvice } from '../knowledge/plan-advice.ts';
import { makePlan } from '../plan/make-plan.ts';
import { replacedForEverybody } from '../plan/replaced-for-everybody.ts';
import { overlayOf } from '../plan/overlay-of.ts';
import type { Spec } from '../plan/spec.ts';
import { overridePlaces } from '../service/overrides.ts';
import { pendingChanges } from '../trace/observed/pending-changes.ts';
import { overrideNotes } from '../trace/override-notes.ts';
import { type SubjectFlags, startableSubjectOf } from './subject.ts';

/** A spec thought through on one host: the plan, and the service of today and of tomorrow. */
export interface Foreseen {
  readonly plan: Plan;
  readonly today: Graph;
  readonly tomorrow: Graph;
}

/**
 * Makes the plan of a spec. What knowledge advises depends on tomorrow's service, which only a plan tells: so
 * a first plan without advice is laid over the host, and the advice of that goes into the plan that counts.
 */
export function foresee(given: Host, spec: Spec, flags: SubjectFlags): Foreseen {
  const host = rememberingHost(given);
  const subject = startableSubjectOf(host, spec.service, flags);
  const draft = planOf(host, subject, { ...spec, accept: [] }, NO_ADVICE);
  const today = buildGraph(subject, replacedForEverybody(draft));
  const tomorrow = tomorrowOf(host, draft, flags);
  return { plan: planOf(host, subject, spec, adviceOf(today, tomorrow), tomorrow), today, tomorrow };
}

/** The same for a plan that was made before. */
export function foreseePlan(given: Host, plan: Plan, flags: SubjectFlags): Foreseen {
  const host = rememberingHost(given);
  return {
    plan,
    today: buildGraph(startableSubjectOf(host, plan.service, flags), replacedForEverybody(plan)),
    tomorrow: tomorrowOf(host, plan, flags),
  };
}

/** The graph of the service as it will be once the plan is applied. */
function tomorrowOf(host: Host, plan: Plan, flags: SubjectFlags): Graph {
  const then = new PlannedHost(host, overlayOf(plan));
  return buildGraph(startableSubjectOf(then, plan.service, flags), replacedForEverybody(plan));
}

function planOf(host: Host, subject: Subject, spec: Spec, advice: PlanAdvice, tomorrow?: Graph): Plan {
  const { service } = subject;
  const placesOf = (setting: string): ReturnType<typeof overridePlaces> =>
    overridePlaces(service, setting, overrideNotes(subject));
  const request = { spec, host, service, advice, placesOf };
  if (tomorrow === undefined) return makePlan({ ...request, now: 'draft' });
  const whole = { ...request, tomorrow: tomorrow.start };
  if (host.kind !== 'live') return makePlan(whole);
  const says = systemdSays(service.name);
  const pending = says === undefined ? [] : pendingChanges(host, service, says);
  return makePlan({ ...whole, now: unitsNow(), pending });
}

const NO_ADVICE: PlanAdvice = { state: [], probes: [], probesBack: [], irreversible: [] };

function adviceOf(today: Graph, tomorrow: Graph): PlanAdvice {
  const advice = [...today.examinations].flatMap(([id, examination]) => {
    const then = tomorrow.examinations.get(id);
    return then === undefined ? [] : [examination.advise(then)];
  });
  const trial = advice.find((one) => one.trial !== undefined)?.trial;
  return {
    state: advice.flatMap((one) => one.state),
    probes: advice.flatMap((one) => one.probes),
    probesBack: advice.flatMap((one) => one.probesBack),
    irreversible: advice.flatMap((one) => one.irreversible),
    ...(trial === undefined ? {} : { trial }),
  };
}
