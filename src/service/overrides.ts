import type { TraceOverride } from '../documents/trace.ts';
import { showPlace } from '../text/place.ts';
import { dropInPath } from './drop-in-path.ts';
import { type EnvironmentLayer, type FileLayer, variableOf } from './environment-layer.ts';
import type { Service } from './service.ts';
import { isReadLater, type UnsetEntry, unsetEntries } from './unset-entries.ts';

/** A place where a person's own value would win, and how it is written there. */
export interface OverridePlace extends TraceOverride {
  readonly how: 'environment-file' | 'drop-in-environment' | 'drop-in-environment-file';
}

/** What is known of a file that may take an override. */
export interface OverrideNote {
  readonly owner?: string;
  readonly purpose?: string;
  readonly survives?: boolean;
  readonly intended?: 'operator' | 'special';
}

type NoteOn = (path: string) => OverrideNote | undefined;

/**
 * Where an override of an environment variable would win, best first: an optional environment file read after
 * the one that wins now, then a drop-in. A drop-in's `Environment=` loses to every environment file, so where
 * one of those sets the variable, or a later drop-in does, it must bring an environment file of its own. What
 * `UnsetEnvironment=` takes away only a drop-in brings back, by resetting that list first. None is left where
 * a drop-in that is read later has the last word.
 */
export function overridePlaces(service: Service, name: string, noteOn: NoteOn): OverridePlace[] {
  const unset = unsetEntries(service).filter(({ entry }) => entry === name);
  if (unset.some(({ place }) => isReadLater(service, place.file))) return [];
  const files = service.environment.layers.filter(
    (layer): layer is FileLayer => layer.kind === 'file' && layer.resetBy === undefined,
  );
  const inDropIn = dropIn(service, name, files, unset[0]);
  return unset.some(({ isLifted }) => !isLifted)
    ? inDropIn
    : [...inFiles(service, name, files, noteOn), ...inDropIn];
}

function inFiles(
  service: Service,
  name: string,
  files: readonly FileLayer[],
  noteOn: NoteOn,
): OverridePlace[] {
  const winner = service.environment.effective.get(name)?.layer;
  const winnerAt = files.findIndex((layer) => layer === winner);
  const candidates = files
    .slice(winnerAt === -1 ? 0 : winnerAt)
    .filter((layer) => layer.optional || layer === winner)
    .filter((layer) => layer.pattern === undefined)
    .filter((layer) => files.findLast((other) => other.path === layer.path) === layer);
  const ranked = candidates
    .map((layer) => ({ layer, note: noteOn(layer.path), later: laterSetters(files, layer, name) }))
    .filter(({ later }) => later.length === 0)
    .map((candidate) => ({
      ...candidate,
      rank: rank(candidate.layer, candidate.note, winner === candidate.layer),
    }))
    .sort((a, b) => a.rank - b.rank);
  return ranked
    .filter(({ rank: position }) => position < LAST_RANK)
    .map(
      ({ layer, note }): OverridePlace => ({
        file: layer.path,
        exists: layer.content !== undefined,
        survives: note?.survives ?? true,
        why: why(layer, note, winner),
        how: 'environment-file',
      }),
    );
}

const LAST_RANK = 4;

function rank(layer: FileLayer, note: OverrideNote | undefined, wins: boolean): number {
  if (note?.survives === false) return LAST_RANK;
  if (note?.intended === 'operator') return 0;
  if (note?.intended === 'special') return 3;
  return wins && layer.optional ? 1 : layer.optional ? 2 : LAST_RANK;
}

function laterSetters(files: readonly FileLayer[], layer: FileLayer, name: string): FileLayer[] {
  return files
    .slice(files.indexOf(layer) + 1)
    .filter((later) => later.variables.some((v) => v.name === name));
}

function why(layer: FileLayer, note: OverrideNote | undefined, winner: EnvironmentLayer | undefined): string {
  const order =
    winner === undefined ? undefined : winner === layer ? 'it wins today' : 'read after the one that wins';
  const absent = layer.content === undefined ? 'absent' : undefined;
  const owner = note?.owner === undefined ? undefined : `belongs to ${note.owner}`;
  return [absent, order, note?.purpose, owner].filter((part) => part !== undefined).join('; ');
}

/** The drop-in, written the way that wins; none where every way loses to a drop-in that is read later. */
function dropIn(
  service: Service,
  name: string,
  files: readonly FileLayer[],
  unset: UnsetEntry | undefined,
): OverridePlace[] {
  const file = dropInPath(service.name);
  const sets = (layer: EnvironmentLayer): boolean => variableOf(layer, name) !== undefined;
  const isLate = ({ directive }: FileLayer): boolean => isReadLater(service, directive.place.file);
  const lateLine = service.environment.layers.some(
    (layer) =>
      layer.kind === 'directive' &&
      layer.resetBy === undefined &&
      sets(layer) &&
      isReadLater(service, layer.directive.place.file),
  );
  const lines = !files.some(sets) && !lateLine && !isResetLater(service, 'Environment');
  const ownFile =
    !files.some((layer) => sets(layer) && isLate(layer)) && !isResetLater(service, 'EnvironmentFile');
  if (!lines && !ownFile) return [];
  const reason = files.some(sets)
    ? 'a drop-in with EnvironmentFile= of its own (Environment= would lose to the environment files)'
    : 'a drop-in with EnvironmentFile= of its own (Environment= would lose to a drop-in that is read later)';
  const reset =
    unset === undefined
      ? ''
      : `; it must begin with UnsetEnvironment= (${showPlace(unset.place)} takes ${name} away) and list the other entries again`;
  return [
    {
      file,
      exists: service.unit.dropIns.some((dropIn) => dropIn.path === file),
      survives: true,
      why: `${lines ? 'a drop-in with Environment=; no environment file sets the variable' : reason}${reset}`,
      how: lines ? 'drop-in-environment' : 'drop-in-environment-file',
    },
  ];
}

function isResetLater(service: Service, key: string): boolean {
  return service.unit.assignments.some(
    (line) =>
      line.section === 'Service' &&
      line.key === key &&
      line.value.length === 0 &&
      isReadLater(service, line.place.file),
  );
}
