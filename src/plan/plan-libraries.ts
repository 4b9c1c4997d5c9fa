import { basename } from 'node:path/posix';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { dutiesOf } from './duties-of.ts';
import { entryState } from './entry-state.ts';
import { fileDigest } from './file-digest.ts';
import { scanReplacement } from './scan-replacement.ts';
import type { Spec } from './spec.ts';
import type { StepOfKind } from './step-duties.ts';
import { storePathOf } from './store-path.ts';

type Library = Spec['libraries'][number];
type Store = StepOfKind<'store-add' | 'store-unpack'>;

export interface PlannedLibraries {
  /** Files that are no part of the replacement, each added to the store by itself. */
  readonly stores: readonly StepOfKind<'store-add'>[];
  /** What the service alone sees: `STORE:PATH`. */
  readonly binds: readonly string[];
  readonly replaced: readonly StepOfKind<'file-replace'>[];
}

/**
 * The libraries of a spec: bound into the service's own view of the file system, so that everybody else keeps the
 * original, or put in its place where the spec says so. Throws `CouldNotRun` for one that can't be used so.
 */
export function planLibraries(
  host: Host,
  libraries: readonly Library[],
  replacement: Store | undefined,
): PlannedLibraries {
  const planned = libraries.map((library) => planLibrary(host, library, replacement));
  const stores = new Map(
    planned.flatMap(({ store }) => (store === undefined ? [] : [[store.digest, store] as const])),
  );
  return {
    stores: [...stores.values()],
    binds: planned.flatMap(({ bind }) => bind ?? []),
    replaced: planned.flatMap(({ replaced }) => replaced ?? []),
  };
}

interface PlannedLibrary {
  readonly store: StepOfKind<'store-add'> | undefined;
  readonly bind?: string;
  readonly replaced?: StepOfKind<'file-replace'>;
}

function planLibrary(host: Host, library: Library, replacement: Store | undefined): PlannedLibrary {
  const place = host.realPath(library.path);
  if (place === undefined || host.stat(place)?.type !== 'file') {
    throw new CouldNotRun(
      `${library.path} ${place === undefined ? 'does not exist' : 'is no file'}, so there is no library to take the place of`,
      { next: 'Name the file that the service loads today: cutover inspect SERVICE' },
    );
  }
  const { store, kept } = keptAt(host, library, replacement);
  if (library.for === 'service') return { store, bind: `${kept}:${place}` };
  return { store, replaced: replaceStep(host, place, kept, store ?? replacement) };
}

/** Where in the store it will be, and the step that brings it there if the replacement does not. */
function keptAt(
  host: Host,
  { from }: Library,
  replacement: Store | undefined,
): { store: StepOfKind<'store-add'> | undefined; kept: string } {
  if (!from.startsWith('/')) {
    const kept = `${replacement?.storePath}/${from}`;
    if (replacement === undefined || tomorrow(host, replacement).stat(kept)?.type !== 'file')
      throw new CouldNotRun(`the replacement has no file ${from}, which shall be a library of the service`);
    return { store: undefined, kept };
  }
  const source = host.realPath(from);
  if (source === undefined || host.stat(source)?.type !== 'file')
    throw new CouldNotRun(`the library ${from} ${source === undefined ? 'does not exist' : 'is no file'}`);
  if (/[\s"'\\%$:;]/.test(basename(source)))
    throw new CouldNotRun(`the library ${source} has a name that a unit file can't hold safely`);
  const { digest, files, bytes } = scanReplacement(host, source);
  const name = basename(source);
  const storePath = storePathOf(digest);
  return {
    store: { kind: 'store-add', source, name, digest, files, bytes, storePath },
    kept: `${storePath}/${name}`,
  };
}

function replaceStep(
  host: Host,
  path: string,
  source: string,
  store: Store | undefined,
): StepOfKind<'file-replace'> {
  const facts = host.stat(path);
  const before = entryState(host, path);
  if (facts === undefined || before.type !== 'file' || store === undefined)
    throw new CouldNotRun(`${path} is no file`);
  if (facts.links > 1) {
    throw new CouldNotRun(`${path} is one of ${facts.links} names of one file (hard links)`, {
      why: 'Replacing it would separate the names, and putting it back would not bring them together again.',
    });
  }
  return {
    kind: 'file-replace',
    path,
    source,
    sha256: fileDigest(tomorrow(host, store), source),
    mode: facts.mode,
    uid: facts.uid,
    gid: facts.gid,
    before,
  };
}

function tomorrow(host: Host, store: Store): Host {
  return new PlannedHost(host, {
    entries: new Map(),
    trees: [...(dutiesOf(store.kind).overlay(store).trees ?? [])],
  });
}
