import type { TraceOverride } from '../documents/trace.ts';
import type { EnvironmentLayer, FileLayer } from './environment-layer.ts';
import type { Service } from './service.ts';

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
 * one of those sets the variable the drop-in must bring an environment file of its own.
 */
export function overridePlaces(service: Service, name: string, noteOn: NoteOn): OverridePlace[] {
  const files = service.environment.layers.filter(
    (layer): layer is FileLayer => layer.kind === 'file' && layer.resetBy === undefined,
  );
  const winner = service.environment.effective.get(name)?.layer;
  const winnerAt = files.findIndex((layer) => layer === winner);
  const candidates = files
    .slice(winnerAt === -1 ? 0 : winnerAt)
    .filter((layer) => layer.optional || layer === winner)
    .filter((layer) => files.findLast((other) => other.path === layer.path) === layer);
  const ranked = candidates
    .map((layer) => ({ layer, note: noteOn(layer.path), later: laterSetters(files, layer, name) }))
    .filter(({ later }) => later.length === 0)
    .map((candidate) => ({
      ...candidate,
      rank: rank(candidate.layer, candidate.note, winner === candidate.layer),
    }))
    .sort((a, b) => a.rank - b.rank);
  const inFiles = ranked
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
  return [
    ...inFiles,
    dropIn(
      service,
      files.some((layer) => layer.variables.some((variable) => variable.name === name)),
    ),
  ];
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

function dropIn(service: Service, setByFile: boolean): OverridePlace {
  const file = `/etc/systemd/system/${service.name}.d/90-cutover.conf`;
  return setByFile
    ? {
        file,
        exists: service.unit.dropIns.some((dropIn) => dropIn.path === file),
        survives: true,
        why: 'a drop-in with EnvironmentFile= of its own (Environment= would lose to the environment files)',
        how: 'drop-in-environment-file',
      }
    : {
        file,
        exists: service.unit.dropIns.some((dropIn) => dropIn.path === file),
        survives: true,
        why: 'a drop-in with Environment=; no environment file sets the variable',
        how: 'drop-in-environment',
      };
}
