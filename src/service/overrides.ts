import type { TraceOverride } from '../documents/trace.ts';
import { showPlace } from '../text/place.ts';
import { dropInPath } from './drop-in-path.ts';
import type { EnvironmentLayer, FileLayer } from './environment-layer.ts';
import { type JudgedFile, judgeFiles, settersOf } from './override-files.ts';
import type { NoteOn } from './override-note.ts';
import type { Service } from './service.ts';
import { isReadLater, type UnsetEntry, unsetEntries } from './unset-entries.ts';

/** A place where a person's own value would win, and how it is written there. */
export interface OverridePlace extends TraceOverride {
  readonly how: 'environment-file' | 'drop-in-environment' | 'drop-in-environment-file';
}

/**
 * Where an override of an environment variable would win, best first: the operator's own file, an optional
 * environment file read after the one that wins now, a drop-in, and last a file that must exist or is meant for
 * something else. A drop-in's `Environment=` loses to every environment file, so where one of those sets the
 * variable, or a later drop-in does, it must bring an environment file of its own. What `UnsetEnvironment=` takes
 * away only a drop-in brings back, by resetting that list first. None is left where a drop-in that is read later
 * has the last word.
 */
export function overridePlaces(service: Service, name: string, noteOn: NoteOn): OverridePlace[] {
  const unset = unsetEntries(service).filter(({ entry }) => entry === name);
  if (unset.some(({ place }) => isReadLater(service, place.file))) return [];
  const inDropIn = dropIn(service, name, unset[0], noteOn);
  if (unset.some(({ isLifted }) => !isLifted)) return inDropIn.map(({ place }) => place);
  const winner = service.environment.effective.get(name)?.layer;
  const inFiles = judgeFiles(service, name, noteOn)
    .filter(({ beatenBy, fleeting }) => beatenBy === undefined && fleeting === undefined)
    .flatMap((judged): Ranked[] => {
      const rank = rankOf(judged);
      return rank === undefined ? [] : [{ rank, place: inFile(judged, winner) }];
    });
  // Of two that are as good, the one that is read later.
  return [...inFiles.reverse(), ...inDropIn]
    .sort((one, other) => one.rank - other.rank)
    .map(({ place }) => place);
}

interface Ranked {
  readonly rank: number;
  readonly place: OverridePlace;
}

const RANKS = ['operator', 'optional', 'owned', 'drop-in', 'mandatory', 'special'] as const;

/** A file that wins today comes before its likes: a second place that sets the variable would only confuse. */
function rankOf(judged: JudgedFile): number | undefined {
  const kind = kindOf(judged);
  return kind === undefined ? undefined : RANKS.indexOf(kind) - (judged.wins ? 0.5 : 0);
}

function kindOf({ layer, note }: JudgedFile): (typeof RANKS)[number] | undefined {
  if (note?.intended !== undefined) return note.intended;
  if (layer.optional) return note?.owner === undefined ? 'optional' : 'owned';
  return OPERATORS_OWN.test(layer.path) ? 'mandatory' : undefined;
}

/** Where an administrator's own files are. Source: file-hierarchy(7), FHS 3.0. */
const OPERATORS_OWN = /^\/(?:etc|srv|usr\/local)\//;

function inFile({ layer, note, wins }: JudgedFile, winner: EnvironmentLayer | undefined): OverridePlace {
  const exists = layer.content !== undefined;
  const parts = [
    exists ? undefined : layer.optional ? 'absent, optional' : 'absent',
    wins ? 'sets it today' : winner === undefined ? undefined : 'read after the one that wins',
    note?.purpose ?? (note?.owner === undefined ? 'no package is known to own it' : undefined),
    note?.owner === undefined ? undefined : `belongs to ${note.owner}`,
    layer.optional ? undefined : 'the service does not start without it',
  ];
  return {
    file: layer.path,
    exists,
    survives: note?.survives ?? true,
    why: parts.filter((part) => part !== undefined).join('; '),
    how: 'environment-file',
  };
}

/** The drop-in, written the way that wins; none where every way loses to a drop-in that is read later. */
function dropIn(service: Service, name: string, unset: UnsetEntry | undefined, noteOn: NoteOn): Ranked[] {
  const file = dropInPath(service.name);
  const setters = settersOf(service, name, noteOn);
  const files = setters.filter((layer): layer is FileLayer => layer.kind === 'file');
  const isLate = (layer: EnvironmentLayer): boolean =>
    'directive' in layer && isReadLater(service, layer.directive.place.file);
  const lateLine = setters.some((layer) => layer.kind === 'directive' && isLate(layer));
  const lines = files.length === 0 && !lateLine && !isResetLater(service, 'Environment');
  const ownFile = !files.some(isLate) && !isResetLater(service, 'EnvironmentFile');
  if (!lines && !ownFile) return [];
  const reason =
    files.length > 0
      ? 'a drop-in with EnvironmentFile= of its own (Environment= would lose to the environment files)'
      : 'a drop-in with EnvironmentFile= of its own (Environment= would lose to a drop-in that is read later)';
  const reset =
    unset === undefined
      ? ''
      : `; it must begin with UnsetEnvironment= (${showPlace(unset.place)} takes ${name} away) and list the other entries again`;
  return [
    {
      rank: RANKS.indexOf('drop-in'),
      place: {
        file,
        exists: service.unit.dropIns.some(({ path }) => path === file),
        survives: true,
        why: `${lines ? 'a drop-in with Environment=; no environment file sets the variable' : reason}${reset}`,
        how: lines ? 'drop-in-environment' : 'drop-in-environment-file',
      },
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
