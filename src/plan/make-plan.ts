import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Gate, Plan, Probe, Step } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import type { UnitsNow } from '../host/units-now.ts';
import type { PlanAdvice } from '../knowledge/plan-advice.ts';
import { dropInPath } from '../service/drop-in-path.ts';
import { mainCommand, type Service } from '../service/service.ts';
import { isWithin } from '../text/is-within.ts';
import { parseUnitName } from '../service/unit-name.ts';
import { nearest } from '../text/nearest.ts';
import { digestOf } from './canonical-json.ts';
import { type DropIn, EMPTY_DROP_IN, parseDropIn, renderDropIn } from './drop-in.ts';
import { predictEffects } from './effects/predict-effects.ts';
import { entryPath } from './entry-path.ts';
import { fileWriteStep } from './file-write-step.ts';
import { NothingToChange } from './nothing-to-change.ts';
import { planLibraries } from './plan-libraries.ts';
import { planReplacement } from './plan-replacement.ts';
import { type PlacesOf, planSettings } from './plan-settings.ts';
import { guardOf } from './guard.ts';
import { planIrreversible, type PlannedState, planState } from './plan-state.ts';
import { planProbe } from './plan-probe.ts';
import { readersOf } from './plan-readers.ts';
import { refuseEntangledPaths } from './refuse-entangled-paths.ts';
import { refuseLosingCommand } from './refuse-losing-command.ts';
import { refuseLosingValues } from './refuse-losing-values.ts';
import { refuseRunToEnd } from './refuse-run-to-end.ts';
import { scopedFile } from './scoped-file.ts';
import type { Spec } from './spec.ts';
import { planTrial } from './trial/plan-trial.ts';
import { touchedPaths } from './touched-paths.ts';
import { watchedPaths } from './watched-paths.ts';
import { shellWord } from '../text/shell-word.ts';

export interface PlanRequest {
  readonly spec: Spec;
  /** The host the plan is made on, and bound to. */
  readonly host: Host;
  /** The spec's service, loaded from that host. */
  readonly service: Service;
  readonly advice: PlanAdvice;
  /** Where a value of a setting would win, best first. */
  readonly placesOf: PlacesOf;
  /** The host and the service as they will be, once a plan was laid over them. */
  readonly tomorrow?: { readonly host: Host; readonly service: Service };
  /** What the units of the host do now; undefined where nothing can be asked. Of a draft no other units are looked at. */
  readonly now?: UnitsNow | 'draft' | undefined;
  /** What was changed already and the running service does not have yet, in words. */
  readonly pending?: readonly string[];
}

/**
 * The steps that bring a spec about, in the order of every change: prepare, reload, stop, state, start, gate.
 * Reads the host only. Throws `CouldNotRun` for a spec that can't be carried out on this host.
 */
export function makePlan({
  spec,
  host,
  service,
  advice,
  placesOf,
  tomorrow,
  now,
  pending = [],
}: PlanRequest): Plan {
  refuseTemplate(service);
  if (spec.replacement !== undefined) refuseWithoutCommand(service);
  const replacement = spec.replacement === undefined ? undefined : planReplacement(host, spec.replacement);
  // A replacement is the whole of what shall run; a change of settings alone adds to what runs now.
  const libraries = planLibraries(host, spec.libraries, replacement?.store);
  const scoped = spec.files.map((file) =>
    file.for === 'service' ? scopedFile(host, service.name, file.path) : undefined,
  );
  const before =
    replacement === undefined ? dropInNow(host, service.name) : { ...EMPTY_DROP_IN, ...replacement.dropIn };
  const base = withBinds(before, [...libraries.binds, ...scoped.flatMap((file) => file?.bind ?? [])]);
  const settings = planSettings(spec, host, service, placesOf, base);
  refuseEntangledPaths(
    host,
    touchedPaths(host, spec, [...settings.files.map(({ path }) => path), dropInPath(service.name)]),
  );
  const writes = [
    ...spec.files.map(({ path, mode, content }, index) =>
      fileWriteStep(host, 'file', scoped[index]?.kept ?? path, content, {
        mode,
        inPlaceOf: scoped[index]?.place,
      }),
    ),
    ...settings.files,
    dropInStep(host, service.name, settings.dropIn),
  ].filter((step) => step !== undefined);
  refuseTwice([...writes, ...libraries.replaced].map((step) => step.path));
  const state = planState(spec, host, advice);
  // The drop-in names the store path, so a replacement that changes anything writes it anew.
  if (writes.length === 0 && libraries.replaced.length === 0 && state.removals.length === 0) {
    throw new NothingToChange(service.name);
  }
  if (tomorrow !== undefined) refuseRunToEnd(tomorrow.host, tomorrow.service);
  const unit = service.name;
  const gate: Step = {
    kind: 'gate',
    unit,
    gate: gateOf(spec, [...spec.gate.probes.map(planProbe), ...advice.probes]),
  };
  const written = [...writes, ...libraries.replaced].map((step) => step.path);
  const trial =
    tomorrow === undefined
      ? undefined
      : planTrial({ spec, host: tomorrow.host, tomorrow: tomorrow.service, advice, written });
  const added: Step[] = [replacement?.store, ...libraries.stores, trial].filter((step) => step !== undefined);
  const { outside, inside } = bySnapshot(host, state, [...libraries.replaced, ...writes]);
  const prepare: Step[] = [...outside, { kind: 'daemon-reload' }];
  const steps: Step[] =
    state.snapshots.length === 0
      ? [...added, ...prepare, { kind: 'unit-restart', unit }, gate]
      : [
          ...added,
          ...firstCopies(state),
          ...guarded(unit, [...prepare, ...whileDown(unit, state, inside), gate]),
        ];
  const watched = watchedPaths(host, service, steps);
  const irreversible = planIrreversible(spec, host, advice);
  refuseUnknownPoints(
    spec,
    irreversible.map((point) => point.id),
  );
  const plan: Omit<Plan, 'digest'> = {
    apiVersion: 'cutover/v1',
    kind: 'Plan',
    service: unit,
    hostDigest: digestOf(watched),
    watched,
    steps,
    gateBack: gateOf(spec, advice.probesBack),
    effects: {
      ...predictEffects(host, unit, steps, now),
      ...(pending.length === 0 ? {} : { pending: [...pending] }),
      ...readersOf(
        host,
        service,
        written,
        libraries.replaced.map(
          ({ path }) =>
            `which other services load ${path}, and will at their next start: cutover inspect --path ${shellWord(path)}`,
        ),
        now === undefined || now === 'draft' ? [] : now.loaded,
      ),
      leftAlone: advice.state
        .filter((part) => part.class === 'shared')
        .map(({ path, why }) => ({ path, why })),
    },
    irreversible,
    ...(spec.silence.length === 0 ? {} : { silenced: spec.silence }),
  };
  const made = { ...plan, digest: digestOf(plan) };
  if (replacement !== undefined) refuseLosingCommand(host, made);
  refuseLosingValues(host, made, { values: settings.values, unset: spec.settings.unset });
  return made;
}

/** Of what is there, so that the service is down only for what changes until then. */
function firstCopies({ snapshots }: PlannedState): Step[] {
  return snapshots.flatMap(({ path, holds }): Step[] => {
    if (holds === 'absent') return [];
    return [{ kind: 'state-copy', path, ...(holds === undefined ? {} : { holds }) }];
  });
}

/** What is written or removed in a snapshotted directory comes back with it, so it waits for the snapshot. */
function whileDown(unit: string, { snapshots, removals }: PlannedState, writes: readonly Step[]): Step[] {
  return [{ kind: 'unit-stop', unit }, ...snapshots, ...removals, ...writes, { kind: 'unit-start', unit }];
}

function bySnapshot<S extends Step & { readonly path: string }>(
  host: Host,
  { snapshots }: PlannedState,
  steps: readonly S[],
): { readonly outside: readonly S[]; readonly inside: readonly S[] } {
  const isInside = ({ path }: S): boolean =>
    snapshots.some((snapshot) => isWithin(entryPath(host, path), snapshot.path));
  return { outside: steps.filter((step) => !isInside(step)), inside: steps.filter(isInside) };
}

function guarded(unit: string, steps: readonly Step[]): Step[] {
  const { path } = guardOf(unit);
  return [
    { kind: 'guard-set', unit, path },
    { kind: 'daemon-reload' },
    ...steps,
    { kind: 'guard-lift', unit, path, createdDirectories: [] },
    { kind: 'daemon-reload' },
  ];
}

function refuseTemplate({ name }: Service): void {
  const { prefix, instance, suffix } = parseUnitName(name);
  if (instance !== '') return;
  throw new CouldNotRun(`${name} is a template, of which only instances run`, {
    why: 'A change is made to one service, which is started again and judged by whether it is well.',
    next: `Name an instance: cutover plan ${shellWord(`${prefix}@INSTANCE${suffix}`)}`,
  });
}

function refuseWithoutCommand(service: Service): void {
  if (mainCommand(service) !== undefined) return;
  const { path } = service.unit.fragment;
  throw new CouldNotRun(`${service.name} has no ExecStart=, so there is nothing to replace`, {
    place: { file: path, line: 1, column: 1 },
    why: 'A replacement is started in the place of what the unit starts.',
    next: 'Is it the right service? Of this one only settings, files and state can be changed.',
  });
}

function dropInNow(host: Host, service: string): DropIn {
  const path = dropInPath(service);
  if (host.stat(path) === undefined) return EMPTY_DROP_IN;
  const dropIn = parseDropIn(path, new TextDecoder().decode(host.readFile(path)));
  if (dropIn !== undefined) return dropIn;
  throw new CouldNotRun('this drop-in has lines that Cutover did not write', {
    place: { file: path, line: 1, column: 1 },
    why: 'A change of settings is added to it, and the lines would be lost.',
    next: 'Move them to a drop-in of another name in the same directory.',
  });
}

/** What was bound over the same path before is not bound any more. */
function withBinds(dropIn: DropIn, binds: readonly string[]): DropIn {
  const places = new Set(binds.map(placeOf));
  return { ...dropIn, binds: [...dropIn.binds.filter((bind) => !places.has(placeOf(bind))), ...binds] };
}

function placeOf(bind: string): string {
  return bind.slice(bind.indexOf(':') + 1);
}

function dropInStep(host: Host, service: string, dropIn: DropIn): ReturnType<typeof fileWriteStep> {
  const path = dropInPath(service);
  const content = renderDropIn(dropIn);
  if (content === renderDropIn(EMPTY_DROP_IN) && host.stat(path) === undefined) return undefined;
  return fileWriteStep(host, 'drop-in', path, content);
}

function gateOf({ gate }: Spec, probes: readonly Probe[]): Gate {
  return { stableMs: gate.stable, timeoutMs: gate.timeout, restarts: gate.restarts, probes: [...probes] };
}

function refuseTwice(paths: readonly string[]): void {
  const twice = paths.find((path, index) => paths.indexOf(path) < index);
  if (twice === undefined) return;
  throw new CouldNotRun(`${twice} would be written twice: as a file of the spec and for its settings`, {
    next: 'Write it whole under files:, or leave it to settings:.',
  });
}

function refuseUnknownPoints({ accept }: Spec, known: readonly string[]): void {
  for (const id of accept) {
    if (known.includes(id)) continue;
    const near = nearest(id, known);
    throw new CouldNotRun(`accept: names ${id}, which is no point of no return of this plan`, {
      next:
        known.length === 0
          ? 'This plan has none: leave accept: out.'
          : `Did you mean ${near ?? known.join(' or ')}?`,
    });
  }
}
